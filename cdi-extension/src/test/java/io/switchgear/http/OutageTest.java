// SPDX-License-Identifier: Apache-2.0
package io.switchgear.http;

import static io.switchgear.http.TestService.timeout;
import static io.switchgear.http.TestService.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.status.BreakerSnapshot;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Ten thousand calls to a service that breaks in every way leave nothing behind. */
class OutageTest {
    private static final int CALLS = 10_000;
    private static final int AT_ONCE = 50;
    private static final String LONG = "x".repeat(100_000);

    private final AtomicInteger requests = new AtomicInteger();

    @Test
    void noConnectionThreadOrPermitIsLeft() throws Exception {
        try (TestService service = new TestService(this::another, s -> s, timeout(200))) {
            service.breaker.forceClosed("so that all of them are sent");
            service.backend.onlyCount();
            int threads = threads();
            Semaphore room = new Semaphore(AT_ONCE);
            for (int i = 0; i < CALLS; i++) {
                room.acquire();
                CompletionStage<HttpResponse<String>> call = service.sendAsync("/" + i);
                call.whenComplete((response, thrown) -> room.release());
            }
            room.acquire(AT_ONCE);
            BreakerSnapshot seen = service.seen();
            assertThat(seen.successes() + seen.failures())
                    .as("outcomes, beside %d ignored", seen.ignored())
                    .isEqualTo(CALLS);
            assertThat(seen.failures()).isGreaterThan(CALLS / 2);
            assertThat(seen.callsInFlight()).isZero();
            assertThat(service.health().pendingRequests()).isZero();
            // connections with good responses may be used for the next request
            until(() -> service.backend.open() <= AT_ONCE);
            until(() -> threads() <= threads + 2 * AT_ONCE);
            service.breaker.forceOpen("all of it is over");
            service.client.close();
        }
    }

    private boolean another(RawBackendLine line) throws IOException {
        RawBackend.Answer answer = switch (requests.incrementAndGet() % 100) {
            case 0 -> RawBackend.hang();
            case 1 -> RawBackend.hangInBody("half");
            case 2, 3, 4, 5 -> RawBackend.ok("fine");
            case 6, 7, 8, 9 -> RawBackend.status(404, LONG);
            case 10, 11, 12, 13, 14, 15, 16, 17, 18, 19 -> RawBackend.status(500, LONG);
            default -> broken(requests.get() % 4);
        };
        return answer.give(line);
    }

    private static RawBackend.Answer broken(int way) {
        return switch (way) {
            case 0 -> RawBackend.reset();
            case 1 -> RawBackend.cutBody("half");
            case 2 -> RawBackend.resetInBody("half");
            default -> RawBackend.status(503, "later");
        };
    }

    private static int threads() {
        return ManagementFactory.getThreadMXBean().getThreadCount();
    }
}
