// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.CircuitBreakers;
import io.switchgear.CircuitBreaking;
import io.switchgear.CircuitOpenException;
import io.switchgear.status.CircuitState;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.SessionScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** The breakers that guarded methods share or have for themselves, and the calls that count there. */
class GuardingTest {
    @ApplicationScoped
    static class Orders {
        @CircuitBreaking(failureThreshold = 2)
        String place(String item, int count) {
            if (count < 0) {
                throw new IllegalArgumentException("count");
            }
            return item + count;
        }

        @CircuitBreaking(failureThreshold = 1)
        String place(String item) {
            throw new UncheckedIOException(new IOException(item));
        }

        String unguarded() {
            return "free";
        }
    }

    @Test
    void eachMethodIsGuardedByASeparateBreaker() {
        try (Application application = new Application(Orders.class)) {
            Orders orders = application.get(Orders.class);
            assertThat(application.names()).containsExactly("Orders#place(String)", "Orders#place(String,int)");
            assertThat(orders.place("pen", 1)).isEqualTo("pen1");
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> orders.place("pen", -1)).isInstanceOf(IllegalArgumentException.class);
            }
            assertThatThrownBy(() -> orders.place("pen", 1)).isInstanceOf(CircuitOpenException.class);
            assertThat(application.snapshot("Orders#place(String,int)").calls()).isEqualTo(4);
            assertThat(application.snapshot("Orders#place(String)").calls()).isZero();
            assertThat(orders.unguarded()).isEqualTo("free");
        }
    }

    abstract static class Repository<T> {
        @CircuitBreaking
        public T find(T key) {
            return key;
        }
    }

    @ApplicationScoped
    static class Users extends Repository<String> {}

    @ApplicationScoped
    static class Products extends Repository<String> {}

    @Test
    void anInheritedMethodHasOneBreakerForEachBean() {
        try (Application application = new Application(Users.class, Products.class)) {
            application.get(Users.class).find("ann");
            assertThat(application.snapshot("Users#find(Object)").successes()).isEqualTo(1);
            assertThat(application.snapshot("Products#find(Object)").successes())
                    .isZero();
        }
    }

    @ApplicationScoped
    @CircuitBreaking(failureThreshold = 4)
    static class Both {
        @CircuitBreaking(failureThreshold = 2)
        public String once() {
            return "";
        }
    }

    @Test
    void boundOnClassAndMethodACallCountsOnce() {
        try (Application application = new Application(Both.class)) {
            application.get(Both.class).once();
            assertThat(application.snapshot("Both#once()").calls()).isEqualTo(1);
        }
    }

    @ApplicationScoped
    static class Sharing {
        @CircuitBreaking(name = "backend", failureThreshold = 1)
        public void one() {
            throw new IllegalStateException();
        }

        @CircuitBreaking(name = "backend", failureThreshold = 1)
        public void two() {}
    }

    @Test
    void methodsThatGiveTheSameNameShareABreaker() {
        try (Application application = new Application(Sharing.class)) {
            Sharing bean = application.get(Sharing.class);
            assertThatThrownBy(bean::one).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(bean::two).isInstanceOf(CircuitOpenException.class);
            assertThat(application.names()).containsExactly("backend");
        }
    }

    static class First {
        @ApplicationScoped
        static class Twin {
            @CircuitBreaking
            public void call() {}
        }
    }

    static class Second {
        @ApplicationScoped
        static class Twin {
            @CircuitBreaking
            public void call() {}
        }
    }

    @Test
    void defaultNamesThatClashBecomeFull() {
        try (Application application = new Application(First.Twin.class, Second.Twin.class)) {
            assertThat(application.names())
                    .containsExactly(
                            "io.switchgear.it.GuardingTest$First$Twin#call()",
                            "io.switchgear.it.GuardingTest$Second$Twin#call()");
        }
    }

    @ApplicationScoped
    static class Asynchronous {
        private CompletableFuture<String> next = new CompletableFuture<>();

        @CircuitBreaking(failureThreshold = 1)
        public CompletionStage<String> stage() {
            return next;
        }

        @CircuitBreaking(failureThreshold = 1)
        public CompletableFuture<String> future() {
            return next;
        }

        CompletableFuture<String> next() {
            return next;
        }
    }

    @Test
    void aStageIsJudgedWhenItCompletesAndARejectionIsAFailedStage() {
        try (Application application = new Application(Asynchronous.class)) {
            Asynchronous bean = application.get(Asynchronous.class);
            assertThat(bean.stage()).isSameAs(bean.next());
            assertThat(bean.future()).isSameAs(bean.next());
            assertThat(application.snapshot("Asynchronous#stage()").callsInFlight())
                    .isEqualTo(1);
            bean.next().completeExceptionally(new IOException());
            assertThat(application.snapshot("Asynchronous#stage()").state()).isEqualTo(CircuitState.OPEN);
            assertThatThrownBy(() -> bean.stage().toCompletableFuture().get())
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(CircuitOpenException.class);
            assertThatThrownBy(() -> bean.future().get()).hasCauseInstanceOf(CircuitOpenException.class);
        }
    }

    @SessionScoped
    static class Passivating implements Serializable {
        private static final long serialVersionUID = 1L;

        @CircuitBreaking
        public void call() {}
    }

    @Test
    void aPassivatingBeanCanBeGuarded() {
        try (Application application = new Application(Passivating.class)) {
            assertThat(application.names()).containsExactly("Passivating#call()");
        }
    }

    @Dependent
    static class Client {
        @Inject
        CircuitBreakers breakers;
    }

    @Test
    void theRegistryCanBeInjectedAndControlsTheBreakers() {
        try (Application application = new Application(Client.class, Orders.class)) {
            CircuitBreakers breakers = application.get(Client.class).breakers;
            breakers.find("Orders#place(String,int)").orElseThrow().forceOpen("test");
            assertThatThrownBy(() -> application.get(Orders.class).place("pen", 1))
                    .isInstanceOf(CircuitOpenException.class);
            assertThat(breakers.find("unknown")).isEmpty();
        }
    }

    @Test
    void theInterceptorRunsOnceEvenWhereItsClassIsScanned() throws Exception {
        Class<?> interceptor = Class.forName("io.switchgear.cdi.GuardInterceptor$OfBreaker");
        try (Application application = new Application(Orders.class, interceptor)) {
            application.get(Orders.class).place("pen", 1);
            assertThat(application.snapshot("Orders#place(String,int)").calls()).isEqualTo(1);
        }
    }

    static class Empty implements Predicate<String> {
        @Override
        public boolean test(String page) {
            return page.isEmpty();
        }
    }

    @ApplicationScoped
    static class Pages {
        @CircuitBreaking(name = "pages", failureThreshold = 1, failWhen = Empty.class)
        public String get(String page) {
            return page;
        }

        @CircuitBreaking(name = "pages", failureThreshold = 1, failWhen = Empty.class)
        public CompletionStage<String> getLater(String page) {
            return CompletableFuture.completedFuture(page);
        }
    }

    @Test
    void aResultCanBeAFailureAlsoOneThatComesLater() {
        try (Application application = new Application(Pages.class)) {
            Pages pages = application.get(Pages.class);
            assertThat(pages.get("text")).isEqualTo("text");
            assertThat(pages.get("")).isEmpty();
            assertThat(application.snapshot("pages").state()).isEqualTo(CircuitState.OPEN);
            application.breaker("pages").reset();
            assertThat(pages.getLater("")).isCompletedWithValue("");
            assertThat(application.snapshot("pages").state()).isEqualTo(CircuitState.OPEN);
        }
    }
}
