// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it;

import static io.switchgear.it.DeploymentErrors.assertProblems;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.CircuitBreaking;
import io.switchgear.FallingBack;
import io.switchgear.Retrying;
import io.switchgear.message.RecordedLog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

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
    }

    interface Polite {
        @CircuitBreaking(failureThreshold = 3)
        default String greet() {
            return "hello";
        }

        default void leave() {}
    }

    @ApplicationScoped
    @Retrying
    static class Clerk implements Polite {
        public void work() {}
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
    @DisabledIfSystemProperty(
            named = "cdi",
            matches = "openwebbeans",
            disabledReason = "OpenWebBeans intercepts no default method")
    void aDefaultMethodIsGuarded() {
        try (Application application = new Application(Clerk.class)) {
            assertThat(application.get(Clerk.class).greet()).isEqualTo("hello");
            assertThat(application.snapshot("Clerk#greet()").successes()).isEqualTo(1);
            assertThat(application.snapshot("Clerk#greet()").settings().failureThreshold())
                    .isEqualTo(3);
        }
    }

    /** Leaves default methods out of a type, as OpenWebBeans does. */
    static class LeavingOut implements Extension {
        @SuppressWarnings("unchecked") // as the method that it replaces
        void leaveOut(@Observes ProcessAnnotatedType<Clerk> event) {
            AnnotatedType<Clerk> all = event.getAnnotatedType();
            event.setAnnotatedType((AnnotatedType<Clerk>) Proxy.newProxyInstance(
                    LostAnnotationsTest.class.getClassLoader(),
                    new Class<?>[] {AnnotatedType.class},
                    (proxy, called, arguments) -> called.getName().equals("getMethods")
                            ? all.getMethods().stream()
                                    .filter(method -> !method.getJavaMember().isDefault())
                                    .collect(Collectors.toSet())
                            : called.invoke(all, arguments)));
        }
    }

    @Test
    void aDefaultMethodThatTheContainerLeavesOutIsRefusedOrWarnedOf() {
        String withoutEffect = " has no effect, as this container does not intercept default methods of interfaces;"
                + " override the method in the bean's class";
        String clerk = Clerk.class.getName();
        try (RecordedLog log = new RecordedLog()) {
            assertThatThrownBy(() -> new Application(cdi -> cdi.addExtensions(new LeavingOut()), Clerk.class).close())
                    .hasStackTraceContaining(clerk + "#greet(): @CircuitBreaking on " + Polite.class.getName()
                            + "#greet" + withoutEffect);
            assertThat(log.lines())
                    .anySatisfy(line ->
                            assertThat(line).contains(clerk + "#leave(): @Retrying on " + clerk + withoutEffect));
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
