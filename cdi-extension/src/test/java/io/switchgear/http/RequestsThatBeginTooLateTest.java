// SPDX-License-Identifier: Apache-2.0
package io.switchgear.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.switchgear.settings.RetrySettings;
import io.switchgear.settings.ServiceSettings;
import io.switchgear.settings.Setting;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** No request is repeated later than {@code maxDurationMillis}, though the thread that repeats it comes late. */
@Timeout(60)
class RequestsThatBeginTooLateTest {
    private static final long MAX_DURATION_MILLIS = 200;

    @Test
    void theLastFailureIsTheResult() throws Exception {
        RetrySettings settings = RetrySettings.defaults()
                .with(Map.of(
                        Setting.DELAY_MILLIS, 0,
                        Setting.JITTER_PERCENT, 0,
                        Setting.MAX_DURATION_MILLIS, MAX_DURATION_MILLIS));
        ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1);
        CountDownLatch busy = new CountDownLatch(1);
        try (TestService service =
                        new TestService(RawBackend.status(503, ""), s -> s, ServiceSettings.defaults(), settings);
                ResilientHttpClient client =
                        new ResilientHttpClient(service.registry, HttpClient.newHttpClient(), scheduler)) {
            scheduler.execute(() -> {
                try {
                    busy.await();
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                }
            });
            CompletableFuture<HttpResponse<String>> result =
                    client.sendAsync("pay", service.get("/x"), BodyHandlers.ofString());
            long began = System.nanoTime();
            await().until(() -> service.seen().failures() == 1
                    && System.nanoTime() - began > TimeUnit.MILLISECONDS.toNanos(2 * MAX_DURATION_MILLIS));
            busy.countDown();
            assertThatThrownBy(result::join).hasCauseInstanceOf(ServerErrorException.class);
            assertThat(service.backend.requests()).hasSize(1);
            assertThat(service.retries().snapshot())
                    .returns(0L, now -> now.retries())
                    .returns(1L, now -> now.givenUp());
            assertThat(service.retries().snapshot().budgetBalance()).isEqualTo(10);
        } finally {
            busy.countDown();
            scheduler.shutdownNow();
        }
    }
}
