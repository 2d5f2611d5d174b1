// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it;

import static io.switchgear.it.DeploymentErrors.assertProblems;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.CircuitBreaking;
import io.switchgear.FallingBack;
import io.switchgear.Retrying;
import io.switchgear.message.RecordedLog;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Annotations on the supertypes of a bean: those that the container does not apply to the bean are reported. */
class LostAnnotationsTest implements LeavesNoMBeans {
    interface Finder<T> {
        @CircuitBreaking
        T find(T key);

        @Retrying
        T findAll(List<T> keys);

        String find(int other);
    }

    abstract static class Base<T> implements Finder<T> {
        @FallingBack(method = "none")
        public abstract T findNow();
    }

    @ApplicationScoped
    static class NameFinder extends Base<String> {
        @Override
        public String find(String key) {
            return key;
        }

        @Override
        public String findAll(List<String> keys) {
            return "";
        }

        @Override
        public String find(int other) {
            return "";
        }

        @Override
        public String findNow() {
            return "";
        }
    }

    @Test
    void annotationsOnAbstractMethodsAreRefusedThoughTheyAreGenericAndFarAbove() {
        String bean = NameFinder.class.getName();
        assertProblems(
                NameFinder.class,
                bean + "#find(java.lang.String): @CircuitBreaking on " + Finder.class.getTypeName()
                        + "#find has no effect on this bean; put it on the bean's method",
                bean + "#findAll(java.util.List): @Retrying on " + Finder.class.getTypeName()
                        + "#findAll has no effect",
                bean + "#findNow(): @FallingBack on " + Base.class.getTypeName()
                        + "#findNow has no effect on this bean");
    }

    @CircuitBreaking
    interface Guarding {
        void call();
    }

    interface AlsoGuarding extends Guarding {}

    @ApplicationScoped
    static class Implementing implements AlsoGuarding {
        @Override
        public void call() {}

        public void other() {}
    }

    @Test
    void anAnnotationOnAnInterfaceIsRefused() {
        assertProblems(
                Implementing.class,
                Implementing.class.getName() + "#call(): @CircuitBreaking on " + Guarding.class.getTypeName()
                        + " has no effect on this bean; put it on the bean's class or method");
    }

    @ApplicationScoped
    static class OfMethod implements AlsoGuarding, Desk {
        @Override
        @CircuitBreaking
        public void call() {}

        @Override
        @CircuitBreaking(failureThreshold = 2)
        public void serve() {}
    }

    interface Desk {
        @CircuitBreaking
        void serve();

        @CircuitBreaking(failureThreshold = 3)
        default String greet() {
            return "hello";
        }
    }

    @Test
    void aBeanThatHasTheAnnotationItselfIsGuardedWhateverItsInterfacesSay() {
        try (Application application = new Application(OfMethod.class)) {
            OfMethod bean = application.get(OfMethod.class);
            bean.call();
            bean.serve();
            assertThat(application.snapshot("OfMethod#call()").successes()).isEqualTo(1);
            assertThat(application.snapshot("OfMethod#serve()").successes()).isEqualTo(1);
            assertThat(application.snapshot("OfMethod#serve()").settings().failureThreshold())
                    .isEqualTo(2);
        }
    }

    @Test
    void aDefaultMethodIsGuarded() {
        try (Application application = new Application(OfMethod.class)) {
            assertThat(application.get(OfMethod.class).greet()).isEqualTo("hello");
            assertThat(application.snapshot("OfMethod#greet()").successes()).isEqualTo(1);
            assertThat(application.snapshot("OfMethod#greet()").settings().failureThreshold())
                    .isEqualTo(3);
        }
    }

    @CircuitBreaking
    @ApplicationScoped
    static class Nothing {
        private void hidden() {}

        static void loose() {
            new Nothing().hidden();
        }
    }

    static class OpenShop {
        @CircuitBreaking
        public void sell() {}
    }

    @ApplicationScoped
    static class CornerShop extends OpenShop {
        @Override
        public void sell() {}
    }

    @Test
    void anAnnotationThatAnOverridingMethodLosesIsLogged() {
        try (RecordedLog log = new RecordedLog();
                Application application = new Application(CornerShop.class)) {
            assertThat(application.names()).isEmpty();
            assertThat(log.lines())
                    .anyMatch(line -> line.contains("SGR0041: " + CornerShop.class.getName()
                            + "#sell(): @CircuitBreaking on " + OpenShop.class.getTypeName()
                            + "#sell has no effect, as this method overrides that one; put it on this method if it needs"
                            + " it"));
        }
    }

    @Test
    void aClassWithoutMethodsThatCouldBeGuardedIsLogged() {
        try (RecordedLog log = new RecordedLog();
                Application application = new Application(Nothing.class)) {
            assertThat(application.names()).isEmpty();
            assertThat(log.lines())
                    .anyMatch(line -> line.contains("SGR0041: " + Nothing.class.getName()
                            + ": @CircuitBreaking guards nothing, as the class has no business method"));
        }
    }
}
