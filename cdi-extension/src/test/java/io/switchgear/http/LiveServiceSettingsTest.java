// SPDX-License-Identifier: Apache-2.0
package io.switchgear.http;

import static io.switchgear.http.TestService.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.HttpService;
import io.switchgear.settings.InvalidSettingsException;
import io.switchgear.settings.ServiceSettings;
import io.switchgear.settings.Setting;
import io.switchgear.status.SettingsChange;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** How changes of a service's settings take effect while it is called. */
class LiveServiceSettingsTest {
    @Test
    void aChangeIsShownWithItsAuthorAndCanBeUndone() throws Exception {
        try (TestService service = new TestService(RawBackend.ok("fine"))) {
            HttpService tuned = service.registry.find("pay").orElseThrow();
            List<SettingsChange> received = new ArrayList<>();
            tuned.listen(received::add);
            tuned.by("ada").update(settings -> settings.requestTimeout(Duration.ofSeconds(3)));
            assertThat(tuned.snapshot().settings().requestTimeoutMillis()).isEqualTo(3_000);
            assertThat(tuned.snapshot().changedBy()).containsExactly(Map.entry(Setting.REQUEST_TIMEOUT_MILLIS, "ada"));
            assertThat(tuned.snapshot().lastChange()).endsWith("RequestTimeoutMillis from 10000 to 3000, by ada");
            assertThat(received).hasSize(1);
            tuned.by("ada").undoLastChange();
            assertThat(tuned.snapshot().settings()).isEqualTo(ServiceSettings.defaults());
        }
    }

    @Test
    void whatIsOutOfRangeIsRefusedByItsName() {
        assertThatThrownBy(() -> new ServiceSettings(0, true, false, 3_600_001, 16_000_000, -1, 0))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage("requestTimeoutMillis must be a whole number >= 1 and <= 86400000 but was 0;"
                        + " maxRetryAfterMillis must be a whole number >= 0 and <= 3600000 but was 3600001;"
                        + " lastGoodTtlMillis must be a whole number >= 0 and <= 604800000 but was -1;"
                        + " lastGoodMaxEntries must be a whole number >= 1 and <= 1000000 but was 0");
    }

    @Test
    void theNextRequestHasTheNewLimit() throws Exception {
        try (TestService service = new TestService(RawBackend.hang())) {
            tune(service, settings -> settings.requestTimeout(Duration.ofMillis(200)));
            assertThatThrownBy(() -> service.send("/x"))
                    .isInstanceOf(HttpTimeoutException.class)
                    .hasMessage("pay: GET took more than 200 ms");
        }
    }

    @Test
    void theNextOpeningCancelsNothingWhereThatIsSwitchedOff() throws Exception {
        try (TestService service = new TestService(RawBackend.hold(RawBackend.ok("late but fine")))) {
            CompletableFuture<HttpResponse<String>> pending = service.sendAsync("/x");
            until(() -> service.backend.held() == 1);
            tune(service, settings -> settings.cancelPendingWhenOpen(false));
            service.breaker.forceOpen("maintenance");
            service.backend.release();
            assertThat(pending.get(5, TimeUnit.SECONDS).body()).isEqualTo("late but fine");
        }
    }

    @Test
    void goodResponsesAreKeptFromThenOnAndNotReturnedAfterwards() throws Exception {
        try (TestService service = new TestService(RawBackend.ok("good"))) {
            tune(
                    service,
                    settings -> settings.lastGoodTtl(Duration.ofMinutes(1)).lastGoodMaxEntries(10));
            service.send("/x");
            service.breaker.forceOpen("maintenance");
            assertThat(service.send("/x")).isInstanceOf(StaleResponse.class);
            tune(service, settings -> settings.lastGoodTtl(Duration.ZERO).lastGoodMaxEntries(10));
            assertThatThrownBy(() -> service.send("/x")).hasMessage("pay is forced open: maintenance");
        }
    }

    private static void tune(TestService service, UnaryOperator<ServiceSettings> change) {
        service.registry.find("pay").orElseThrow().by("test").update(change);
    }
}
