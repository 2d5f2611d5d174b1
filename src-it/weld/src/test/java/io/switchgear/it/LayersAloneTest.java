// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.CircuitBreaking;
import io.switchgear.FallingBack;
import io.switchgear.Retrying;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Stereotype;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.InterceptionFactory;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import java.lang.annotation.Annotation;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;

/** Retries and fallbacks without a breaker act wherever a breaker would, and once beside one. */
class LayersAloneTest implements LeavesNoMBeans {
    @ApplicationScoped
    static class Plain {
        private int calls;

        public String fail() {
            calls++;
            throw new IllegalStateException("down");
        }

        String instead() {
            return "instead";
        }

        public int calls() {
            return calls;
        }
    }

    static class Carriers {
        @Retrying(delayMillis = 0)
        void retrying() {}

        @FallingBack(method = "instead")
        void fallingBack() {}
    }

    /** Adds annotations to a class that has none. */
    static class Annotating implements Extension {
        private final Annotation[] added;

        Annotating(Annotation... added) {
            this.added = added;
        }

        void add(@Observes ProcessAnnotatedType<Plain> event) {
            for (Annotation each : added) {
                event.configureAnnotatedType()
                        .filterMethods(
                                method -> method.getJavaMember().getName().equals("fail"))
                        .forEach(method -> method.add(each));
            }
        }
    }

    private static <A extends Annotation> A carried(String method, Class<A> type) throws NoSuchMethodException {
        return Carriers.class.getDeclaredMethod(method).getAnnotation(type);
    }

    @Test
    void retriesThatAnotherExtensionAddsTakeEffect() throws Exception {
        Annotation retrying = carried("retrying", Retrying.class);
        try (Application application =
                new Application(cdi -> cdi.addExtensions(new Annotating(retrying)), Plain.class)) {
            Plain bean = application.get(Plain.class);
            assertThatThrownBy(bean::fail).hasMessage("down");
            assertThat(bean.calls()).isEqualTo(3);
        }
    }

    @Test
    void aFallbackThatAnotherExtensionAddsTakesEffect() throws Exception {
        Annotation fallingBack = carried("fallingBack", FallingBack.class);
        try (Application application =
                new Application(cdi -> cdi.addExtensions(new Annotating(fallingBack)), Plain.class)) {
            Plain bean = application.get(Plain.class);
            assertThat(bean.fail()).isEqualTo("instead");
            assertThat(bean.calls()).isEqualTo(1);
        }
    }

    @Test
    void bothTogetherActOnce() throws Exception {
        Annotation retrying = carried("retrying", Retrying.class);
        Annotation fallingBack = carried("fallingBack", FallingBack.class);
        try (Application application =
                new Application(cdi -> cdi.addExtensions(new Annotating(retrying, fallingBack)), Plain.class)) {
            Plain bean = application.get(Plain.class);
            assertThat(bean.fail()).isEqualTo("instead");
            assertThat(bean.calls()).isEqualTo(3);
        }
    }

    @Dependent
    static class Layered {
        private int calls;

        public int calls() {
            return calls;
        }

        @CircuitBreaking(name = "layered")
        @Retrying(delayMillis = 0)
        @FallingBack(method = "instead")
        public String all() {
            calls++;
            throw new IllegalStateException("down");
        }

        String instead() {
            return "instead";
        }
    }

    @Test
    void allThreeOnOneMethodActOnce() {
        try (Application application = new Application(Layered.class)) {
            Layered bean = application.get(Layered.class);
            assertThat(bean.all()).isEqualTo("instead");
            assertThat(bean.calls()).isEqualTo(3);
            assertThat(application.snapshot("layered").failures()).isEqualTo(3);
        }
    }

    @Retrying(delayMillis = 0, maxAttempts = 2)
    @Stereotype
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.TYPE)
    @interface Repeated {}

    @Repeated
    @Dependent
    static class ByStereotype {
        private int calls;

        public int calls() {
            return calls;
        }

        public void fail() {
            calls++;
            throw new IllegalStateException("down");
        }

        @Retrying(delayMillis = 0, maxAttempts = 4)
        public void failMore() {
            calls++;
            throw new IllegalStateException("down");
        }
    }

    @Test
    void aStereotypeRetriesAndAMethodReplacesItsValues() {
        try (Application application = new Application(ByStereotype.class)) {
            ByStereotype bean = application.get(ByStereotype.class);
            assertThatThrownBy(bean::fail).hasMessage("down");
            assertThat(bean.calls()).isEqualTo(2);
            assertThatThrownBy(bean::failMore).hasMessage("down");
            assertThat(bean.calls()).isEqualTo(6);
        }
    }

    @Repeated
    @Dependent
    static class ByStereotypeWithFallback {
        private int calls;

        public int calls() {
            return calls;
        }

        @FallingBack(method = "instead")
        public String fail() {
            calls++;
            throw new IllegalStateException("down");
        }

        String instead() {
            return "instead";
        }
    }

    @Test
    void aStereotypeRetriesAMethodThatHasAFallbackItself() {
        try (Application application = new Application(ByStereotypeWithFallback.class)) {
            ByStereotypeWithFallback bean = application.get(ByStereotypeWithFallback.class);
            assertThat(bean.fail()).isEqualTo("instead");
            assertThat(bean.calls()).isEqualTo(2);
        }
    }

    /** Not a bean: a producer method wraps its instances. */
    static class Product {
        private int calls;

        @Retrying(delayMillis = 0)
        public String use() {
            if (++calls < 3) {
                throw new IllegalStateException("down");
            }
            return "used after " + calls;
        }

        @FallingBack(method = "instead")
        public String fail() {
            throw new IllegalStateException("down");
        }

        String instead() {
            return "instead";
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
    void anInstanceOfAnInterceptionFactoryIsRetriedAndFallsBack() {
        try (Application application = new Application(Factory.class)) {
            Product product = application.get(Product.class);
            assertThat(product.use()).isEqualTo("used after 3");
            assertThat(product.fail()).isEqualTo("instead");
        }
    }
}
