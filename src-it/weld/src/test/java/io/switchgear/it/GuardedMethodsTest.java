// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.CircuitBreaking;
import io.switchgear.settings.TripOn;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Stereotype;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.InterceptionFactory;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The methods that an annotation guards: inherited, generic and overriding ones, and those of stereotypes. */
class GuardedMethodsTest {
    @ApplicationScoped
    @CircuitBreaking(failureThreshold = 7)
    static class WholeClass extends Base<String> {
        @PostConstruct
        void start() {}

        public String own() {
            return "own";
        }

        @CircuitBreaking(failureThreshold = 9)
        public String replaced() {
            return "replaced";
        }

        @Override
        public String overridden() {
            return "overridden";
        }

        private String hidden() {
            return "hidden";
        }

        static String loose() {
            return new WholeClass().hidden();
        }
    }

    static class Base<T> {
        public T inherited(T value) {
            return value;
        }

        public String overridden() {
            return "base";
        }
    }

    @Test
    void aClassLevelAnnotationGuardsEachBusinessMethodInheritedOnesIncluded() {
        try (Application application = new Application(WholeClass.class)) {
            assertThat(application.names())
                    .containsExactly(
                            "WholeClass#inherited(Object)",
                            "WholeClass#overridden()",
                            "WholeClass#own()",
                            "WholeClass#replaced()");
            WholeClass bean = application.get(WholeClass.class);
            bean.own();
            bean.inherited("x");
            bean.replaced();
            bean.overridden();
            assertThat(application.names())
                    .allSatisfy(name -> assertThat(application.snapshot(name).successes())
                            .as(name)
                            .isEqualTo(1));
            assertThat(application.snapshot("WholeClass#own()").settings().failureThreshold())
                    .isEqualTo(7);
            assertThat(application.snapshot("WholeClass#replaced()").settings().failureThreshold())
                    .isEqualTo(9);
        }
    }

    interface Finder<T> {
        T find(T key);

        default T findAgain(T key) {
            return find(key);
        }
    }

    @ApplicationScoped
    @CircuitBreaking
    static class NameFinder implements Finder<String> {
        @Override
        public String find(String key) {
            return key;
        }
    }

    @Test
    void aGenericMethodCalledThroughItsInterfaceCountsOnce() {
        try (Application application = new Application(NameFinder.class)) {
            @SuppressWarnings("unchecked")
            Finder<Object> finder = (Finder<Object>) (Finder<?>) application.get(NameFinder.class);
            finder.find("x");
            assertThat(application.snapshot("NameFinder#find(String)").successes())
                    .isEqualTo(1);
            finder.findAgain("y");
            assertThat(application.names()).contains("NameFinder#find(String)");
        }
    }

    @CircuitBreaking(failureThreshold = 6)
    @Stereotype
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.TYPE)
    @interface Remote {}

    @Stereotype
    @Remote
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.TYPE)
    @interface FarRemote {}

    @FarRemote
    @ApplicationScoped
    static class ByStereotype {
        public void call() {}
    }

    @Test
    void aStereotypeGuardsEvenThroughAnother() {
        try (Application application = new Application(ByStereotype.class)) {
            application.get(ByStereotype.class).call();
            assertThat(application.snapshot("ByStereotype#call()").successes()).isEqualTo(1);
            assertThat(application.snapshot("ByStereotype#call()").settings().failureThreshold())
                    .isEqualTo(6);
        }
    }

    @Dependent
    static class Plain {
        public void call() {}
    }

    static class Annotating implements Extension {
        @CircuitBreaking(name = "added", tripOn = TripOn.CALL_WINDOW)
        static class Carrier {}

        void add(@jakarta.enterprise.event.Observes ProcessAnnotatedType<Plain> event) {
            event.configureAnnotatedType()
                    .filterMethods(method -> method.getJavaMember().getName().equals("call"))
                    .forEach(method -> method.add(Carrier.class.getAnnotation(CircuitBreaking.class)));
        }

        void unused(@jakarta.enterprise.event.Observes BeforeBeanDiscovery event) {}
    }

    @Test
    void anAnnotationAddedByAnotherExtensionGuards() {
        try (Application application = new Application(cdi -> cdi.addExtensions(new Annotating()), Plain.class)) {
            application.get(Plain.class).call();
            assertThat(application.snapshot("added").successes()).isEqualTo(1);
        }
    }

    @ApplicationScoped
    static class Shouting implements UnaryOperator<String> {
        @Override
        @CircuitBreaking
        public String apply(String text) {
            return text + "!";
        }
    }

    @Test
    void anAnnotatedMethodMayImplementAGenericOne() {
        try (Application application = new Application(Shouting.class)) {
            assertThat(application.names()).containsExactly("Shouting#apply(String)");
            assertThat(application.get(Shouting.class).apply("x")).isEqualTo("x!");
            @SuppressWarnings("unchecked")
            Function<Object, Object> raw = (Function<Object, Object>) (Function<?, ?>) application.get(Shouting.class);
            assertThat(raw.apply("y")).isEqualTo("y!");
            assertThat(application.snapshot("Shouting#apply(String)").calls()).isEqualTo(2);
        }
    }

    static class Hidden {
        public String call() {
            return "called";
        }
    }

    @ApplicationScoped
    @CircuitBreaking
    public static class Visible extends Hidden {}

    @Test
    void aMethodThatAPublicClassInheritsFromAHiddenOneIsGuarded() {
        try (Application application = new Application(Visible.class)) {
            assertThat(application.get(Visible.class).call()).isEqualTo("called");
            assertThat(application.get(Visible.class).call()).isEqualTo("called");
            assertThat(application.names()).containsExactly("Visible#call()");
            assertThat(application.snapshot("Visible#call()").successes()).isEqualTo(2);
        }
    }

    static class Guarded {
        @CircuitBreaking
        public void call() {}
    }

    @ApplicationScoped
    static class Overriding extends Guarded {
        @Override
        public void call() {}
    }

    @Test
    void aMethodThatOverridesAGuardedOneIsNotGuardedAndHasNoBreaker() {
        try (Application application = new Application(Overriding.class)) {
            application.get(Overriding.class).call();
            assertThat(application.names()).isEmpty();
        }
    }

    /** Not a bean: a producer method wraps its instances. */
    @CircuitBreaking(failureThreshold = 1)
    static class Product {
        public String use() {
            return "used";
        }
    }

    @Dependent
    static class Factory {
        @Produces
        Product product(InterceptionFactory<Product> interception) {
            return interception.createInterceptedInstance(new Product());
        }
    }

    @Test
    void anInstanceOfAnInterceptionFactoryGetsItsBreakerAtTheFirstCall() {
        try (Application application = new Application(Factory.class)) {
            Product product = application.get(Product.class);
            assertThat(product.use()).isEqualTo("used");
            assertThat(product.use()).isEqualTo("used");
            assertThat(application.snapshot("Product#use()").successes()).isEqualTo(2);
        }
    }
}
