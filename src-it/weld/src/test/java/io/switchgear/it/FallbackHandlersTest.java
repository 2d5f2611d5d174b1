// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it;

import static io.switchgear.it.Failures.down;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.FailedCall;
import io.switchgear.FallbackHandler;
import io.switchgear.FallingBack;
import io.switchgear.Retrying;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Vetoed;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Handlers of failed calls: beans that are created, called and destroyed by the container. */
class FallbackHandlersTest {
    @ApplicationScoped
    public static class Clerk implements FallbackHandler<String> {
        private FailedCall last;

        @Override
        public String handle(FailedCall call) {
            last = call;
            return call.method().getName() + call.parameters() + " after " + call.attempts();
        }

        FailedCall last() {
            return last;
        }
    }

    @Dependent
    public static class Temp implements FallbackHandler<CompletionStage<String>> {
        static final AtomicInteger CREATED = new AtomicInteger();
        static final AtomicInteger DESTROYED = new AtomicInteger();

        @Inject
        private Clerk clerk;

        public Temp() {
            CREATED.incrementAndGet();
        }

        @Override
        public CompletionStage<String> handle(FailedCall call) {
            return CompletableFuture.completedFuture(clerk.handle(call));
        }

        @PreDestroy
        void destroy() {
            DESTROYED.incrementAndGet();
        }
    }

    @ApplicationScoped
    public static class Handled {
        @Retrying(delayMillis = 0, maxAttempts = 2)
        @FallingBack(handler = Clerk.class)
        public String sync(String one, Object other) throws IOException {
            return down();
        }

        @FallingBack(handler = Temp.class)
        public CompletionStage<String> async() {
            return CompletableFuture.failedFuture(new IOException("down"));
        }
    }

    @Test
    void aHandlerIsABeanAndReceivesTheFailedCall() throws Exception {
        Temp.CREATED.set(0);
        Temp.DESTROYED.set(0);
        try (Application application = new Application(Handled.class, Clerk.class, Temp.class)) {
            Handled bean = application.get(Handled.class);
            assertThat(bean.sync("a", null)).isEqualTo("sync[a, null] after 2");
            assertThat(application.get(Clerk.class).last())
                    .returns("Handled#sync(String,Object)", FailedCall::name)
                    .extracting(FailedCall::failure)
                    .isInstanceOf(IOException.class);
            for (int i = 0; i < 3; i++) {
                assertThat(bean.async().toCompletableFuture()).isCompletedWithValue("async[] after 1");
            }
            assertThat(Temp.CREATED).hasValue(1);
        }
        assertThat(Temp.DESTROYED).hasValue(1);
    }

    /** Produces a handler whose class is not a bean. */
    @ApplicationScoped
    public static class Agency {
        @Produces
        @ApplicationScoped
        Hired hired() {
            return new Hired("hired");
        }
    }

    @Vetoed
    public static class Hired implements FallbackHandler<String> {
        private final String result;

        protected Hired() {
            this(null);
        }

        Hired(String result) {
            this.result = result;
        }

        @Override
        public String handle(FailedCall call) {
            return result;
        }
    }

    @ApplicationScoped
    public static class Employer {
        @FallingBack(handler = Hired.class)
        public String work() throws IOException {
            return down();
        }
    }

    @Test
    void aHandlerMayComeFromAProducer() throws Exception {
        try (Application application = new Application(Employer.class, Agency.class)) {
            assertThat(application.get(Employer.class).work()).isEqualTo("hired");
        }
    }
}
