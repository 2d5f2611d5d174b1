// SPDX-License-Identifier: Apache-2.0
package io.switchgear.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A listener that blocks must not keep pending requests from being cancelled. */
@Timeout(60)
class CancelledDespiteBlockedListenersTest {
    @Test
    void aRequestEndsWhenTheBreakerOpens() throws Exception {
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try (TestService service = new TestService(RawBackend.hang(), s -> s, TestService.DEFAULTS)) {
            service.breaker.listen(transition -> {
                blocked.countDown();
                Awaitility.await().until(() -> release.getCount() == 0);
            });
            CompletableFuture<Void> other = CompletableFuture.runAsync(service.breaker::reset);
            blocked.await();
            var pending = service.sendAsync("/x");
            Awaitility.await().until(() -> service.backend.requests().size() == 1);
            service.breaker.forceOpen("maintenance");
            assertThatThrownBy(() -> pending.get(10, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(PendingCancelledException.class);
            assertThat(other).isNotDone();
            release.countDown();
            other.join();
        }
    }
}
