// SPDX-License-Identifier: Apache-2.0
package io.switchgear.http;

import static io.switchgear.http.TestService.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.settings.RetrySettings;
import io.switchgear.settings.ServiceSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A caller that is interrupted ends its request, which counts as neither success nor failure. */
class InterruptedCallerTest {
    private static final ServiceSettings SETTINGS =
            new ServiceSettings(20_000, true, false, 300_000, 16_000_000, 60_000, 10);
    private static final RetrySettings AT_ONCE =
            RetrySettings.defaults().delay(Duration.ZERO).budgetPercent(0).minRetriesPerSecond(1_000);

    /** The end of a call on a thread of its own, and whether that was still interrupted then. */
    private record End(Throwable thrown, boolean interrupted) {}

    private static Thread start(FutureTask<End> task) {
        Thread thread = new Thread(task);
        thread.start();
        return thread;
    }

    private static FutureTask<End> task(Callable<?> call) {
        return new FutureTask<>(() -> {
            try {
                call.call();
                return new End(null, Thread.currentThread().isInterrupted());
            } catch (IOException | InterruptedException thrown) {
                return new End(thrown, Thread.currentThread().isInterrupted());
            }
        });
    }

    private static void isNeither(TestService service) {
        assertThat(service.seen().failures()).isZero();
        assertThat(service.totals().failures()).isZero();
        assertThat(service.seen().callsInFlight()).isZero();
        assertThat(service.totals().retries()).isZero();
    }

    @Test
    void whileTheServiceHangs() throws Exception {
        try (TestService service = retrying(RawBackend.hang())) {
            FutureTask<End> call = task(() -> service.send("/x"));
            Thread caller = start(call);
            until(() -> service.backend.requests().size() == 1);
            caller.interrupt();
            // as the contract of the exception demands, the thread is not interrupted any more
            assertThat(call.get(5, TimeUnit.SECONDS))
                    .satisfies(end -> assertThat(end.thrown()).isInstanceOf(InterruptedException.class))
                    .returns(false, End::interrupted);
            until(() -> service.backend.hungUp().contains("/x"));
            assertThat(service.seen().ignored()).isEqualTo(1);
            isNeither(service);
        }
    }

    @Test
    void beforeTheRequestIsSent() throws Exception {
        try (TestService service = retrying(RawBackend.hang())) {
            FutureTask<End> call = task(() -> {
                Thread.currentThread().interrupt();
                return service.send("/x");
            });
            start(call);
            assertThat(call.get(5, TimeUnit.SECONDS).thrown()).isInstanceOf(InterruptedException.class);
            assertThat(service.seen().ignored()).isEqualTo(1);
            isNeither(service);
        }
    }

    @Test
    void betweenTwoAttempts() throws Exception {
        try (TestService service = retrying(RawBackend.status(429, "", "Retry-After: 100"))) {
            FutureTask<End> call = task(() -> service.send("/x"));
            Thread caller = start(call);
            until(() -> service.seen().successes() == 1);
            caller.interrupt();
            assertThat(call.get(5, TimeUnit.SECONDS).thrown()).isInstanceOf(InterruptedException.class);
            assertThat(service.backend.requests()).hasSize(1);
            isNeither(service);
        }
    }

    @Test
    void afterTheResponse() throws Exception {
        try (TestService service = retrying(RawBackend.ok("fine"))) {
            service.send("/x");
            service.breaker.forceOpen("so that the last good response is there at once");
            FutureTask<End> call = task(() -> {
                Thread.currentThread().interrupt();
                return service.send("/x");
            });
            start(call);
            assertThat(call.get(5, TimeUnit.SECONDS)).returns(null, End::thrown).returns(true, End::interrupted);
        }
    }

    private static TestService retrying(RawBackend.Answer answer) throws IOException {
        return new TestService(answer, s -> s.failureThreshold(1), SETTINGS, AT_ONCE);
    }
}
