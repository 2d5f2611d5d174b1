// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.CircuitBreaking;
import io.switchgear.FallingBack;
import io.switchgear.Retrying;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Specializes;
import jakarta.enterprise.inject.Vetoed;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import org.junit.jupiter.api.Test;

/** Only enabled beans have breakers: a breaker that no call can reach must not be in JMX, nor cause a conflict. */
class DisabledBeansTest implements LeavesNoMBeans {
    @ApplicationScoped
    static class Orders {
        @CircuitBreaking(name = "orders")
        @Retrying
        @FallingBack(method = "none")
        public String place(String article) {
            return "placed";
        }

        String none(String article) {
            return "none";
        }

        @CircuitBreaking
        public void cancel() {}
    }

    @Specializes
    static class OtherOrders extends Orders {
        @Override
        @CircuitBreaking(name = "orders", failureThreshold = 2)
        @Retrying
        @FallingBack(method = "none")
        public String place(String article) {
            return "otherwise";
        }
    }

    @Specializes
    static class LastOrders extends OtherOrders {
        @Override
        @CircuitBreaking(name = "orders", failureThreshold = 3)
        public String place(String article) {
            return "last";
        }
    }

    @Test
    void aSpecializedBeanHasNoBreakersAndItsNamesAreFree() {
        try (Application application = new Application(Orders.class, OtherOrders.class)) {
            assertThat(application.names()).containsExactly("OtherOrders#cancel()", "orders");
            assertThat(application.get(Orders.class).place("pen")).isEqualTo("otherwise");
            assertThat(application.snapshot("orders").settings().failureThreshold())
                    .isEqualTo(2);
            assertThat(application.snapshot("orders").successes()).isEqualTo(1);
        }
    }

    @Test
    void ofSeveralBeansThatSpecializeEachOtherTheLastHasBreakers() {
        try (Application application = new Application(Orders.class, LastOrders.class, OtherOrders.class)) {
            assertThat(application.names()).containsExactly("LastOrders#cancel()", "orders");
            assertThat(application.get(Orders.class).place("pen")).isEqualTo("last");
            assertThat(application.snapshot("orders").successes()).isEqualTo(1);
        }
    }

    @Alternative
    @Specializes
    static class Unselected extends Orders {
        @Override
        @CircuitBreaking(name = "unselected")
        public String place(String article) {
            return "unselected";
        }
    }

    @Test
    void aBeanThatADisabledAlternativeWouldSpecializeKeepsItsBreakers() {
        try (Application application = new Application(Orders.class, Unselected.class)) {
            assertThat(application.names()).containsExactly("Orders#cancel()", "orders");
            assertThat(application.get(Orders.class).place("pen")).isEqualTo("placed");
        }
    }

    @Alternative
    @ApplicationScoped
    static class NotSelected {
        @CircuitBreaking
        public void call() {}
    }

    @Alternative
    @Priority(1)
    @ApplicationScoped
    static class Selected {
        @CircuitBreaking
        public void call() {}
    }

    @Vetoed
    @ApplicationScoped
    static class Excluded {
        @CircuitBreaking
        public void call() {}
    }

    @ApplicationScoped
    static class Removed {
        @CircuitBreaking
        public void call() {}
    }

    static class Removing implements Extension {
        void remove(@Observes ProcessAnnotatedType<Removed> event) {
            event.veto();
        }
    }

    @Test
    void alternativesThatAreNotSelectedAndVetoedClassesHaveNone() {
        try (Application application = new Application(
                cdi -> cdi.addExtensions(new Removing()),
                NotSelected.class,
                Selected.class,
                Excluded.class,
                Removed.class)) {
            assertThat(application.names()).containsExactly("Selected#call()");
        }
    }

    abstract static class Store<T> {
        @CircuitBreaking(name = "store")
        public T load(T key) {
            return key;
        }
    }

    @ApplicationScoped
    static class Names extends Store<String> {}

    @ApplicationScoped
    static class Numbers extends Store<Integer> {}

    @Test
    void twoBeansOfAGenericSuperclassShareItsNamedBreaker() {
        try (Application application = new Application(Names.class, Numbers.class)) {
            application.get(Names.class).load("a");
            application.get(Numbers.class).load(1);
            assertThat(application.names()).containsExactly("store");
            assertThat(application.snapshot("store").successes()).isEqualTo(2);
        }
    }

    @ApplicationScoped
    static class Wide {
        @CircuitBreaking(failureThreshold = 2)
        public Number count() {
            return 1;
        }
    }

    @Specializes
    static class Narrow extends Wide {
        @Override
        @CircuitBreaking(failureThreshold = 3)
        public Integer count() {
            return 2;
        }
    }

    @Test
    void anOverridingMethodWithANarrowerResultHasTheOnlyBreaker() {
        try (Application application = new Application(Wide.class, Narrow.class)) {
            Wide bean = application.get(Wide.class);
            assertThat(bean.count()).isEqualTo(2);
            assertThat(application.names()).containsExactly("Narrow#count()");
            assertThat(application.snapshot("Narrow#count()").successes()).isEqualTo(1);
        }
    }
}
