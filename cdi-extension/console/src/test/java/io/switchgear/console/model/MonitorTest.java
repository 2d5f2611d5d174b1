// SPDX-License-Identifier: Apache-2.0
package io.switchgear.console.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.switchgear.CircuitBreaker;
import io.switchgear.console.Generator;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import javax.management.Attribute;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

/** Tests the model with real breakers, through a real connector. */
class MonitorTest extends MonitorTestCase {
    MonitorTest() throws Exception {
        super(3);
    }

    private static String result(CompletableFuture<String> result) throws Exception {
        return result.get(10, TimeUnit.SECONDS);
    }

    private View ready() {
        return viewOf(view -> view.rows().size() == 3 && view.detail() != null);
    }

    @Test
    void anOpenBreakerIsFirstWithItsReason() {
        ready();
        shop.fail(shop.get(2), 5);
        View view =
                viewOf(next -> next.open() == 1 && next.detail().text("State").equals("OPEN"));
        BreakerRow first = view.rows().get(0);
        assertThat(first.name()).isEqualTo("shop-2");
        assertThat(first.stateInWords()).isEqualTo("open");
        assertThat(first.timeLeft()).endsWith("s");
        assertThat(first.lastTrip()).contains("5");
        assertThat(view.status()).contains("3 breakers, 1 open");
        assertThat(view.detail().text("LastFailure")).contains("IllegalStateException");
        assertThat(view.detail().lines("Transitions")).anyMatch(line -> line.contains("CLOSED to OPEN"));
    }

    @Test
    void anOpeningBetweenTwoPollsIsNotMissed() {
        View first = ready();
        assertThat(first.events()).isEmpty();
        shop.fail(shop.get(1), 5);
        shop.get(1).reset();
        View view = viewOf(next -> next.events().size() >= 2);
        assertThat(view.events())
                .anyMatch(event -> event.opened() && event.text().startsWith("shop-1: OPEN"));
    }

    @Test
    void trafficIsCountedPerSecond() {
        ready();
        CircuitBreaker busy = shop.get(0);
        View view = viewOf(next -> {
            shop.call(busy, false);
            return row(next, "shop-0").callsPerSecond() > 0;
        });
        assertThat(row(view, "shop-0").failedPercent()).isZero();
        assertThat(row(view, "shop-0").history().points(History.Series.SUCCEEDED))
                .isNotEmpty();
    }

    private static BreakerRow row(View view, String name) {
        return view.rows().stream()
                .filter(row -> row.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void settingsChangeTogetherAndAreUndone() throws Exception {
        Detail detail = ready().detail();
        Setting threshold = detail.setting("FailureThreshold");
        Setting open = detail.setting("OpenMillis");
        assertThat(threshold.range()).isEqualTo("1 to 1000000");
        assertThat(threshold.defaultValue()).isEqualTo("5");
        assertThat(result(monitor.change(detail.mbean(), Map.of(threshold, "7", open, "5000"))))
                .contains("FailureThreshold=7", "OpenMillis=5000");
        View changed = viewOf(view -> view.detail().text("FailureThreshold").equals("7"));
        assertThat(changed.detail().text("ChangedSettings")).contains("FailureThreshold=7 (configured 5");
        assertThat(changed.detail().setting("FailureThreshold").origin()).startsWith("changed by");
        result(monitor.invoke(detail.mbean(), "undoLastChange"));
        viewOf(view -> view.detail().text("FailureThreshold").equals("5"));
    }

    @Test
    void aRefusalIsTheSentenceOfTheServer() {
        Detail detail = ready().detail();
        assertThatThrownBy(() -> result(monitor.change(
                        detail.mbean(),
                        Map.of(detail.setting("MinimumCalls"), "200", detail.setting("TripOn"), "CALL_WINDOW"))))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("MinimumCalls must be <= WindowCalls (100, the default) but was 200");
    }

    @Test
    void aSettingOfAnotherHandIsNotOverwritten() throws Exception {
        Detail seen = ready().detail();
        ManagementFactory.getPlatformMBeanServer().setAttribute(seen.mbean(), new Attribute("FailureThreshold", 9));
        assertThatThrownBy(() -> result(monitor.change(seen.mbean(), Map.of(seen.setting("FailureThreshold"), "7"))))
                .cause()
                .hasMessageContaining("FailureThreshold was changed to 9 meanwhile (you saw 5)");
        viewOf(view -> view.detail().text("FailureThreshold").equals("9"));
    }

    @Test
    void aBreakerIsForcedAndReleased() throws Exception {
        ObjectName mbean = ready().detail().mbean();
        result(monitor.invoke(mbean, "forceOpenFor", 5, "vendor repairs"));
        View forced = viewOf(view -> view.open() == 1);
        assertThat(forced.rows().get(0).stateInWords()).isEqualTo("open, forced");
        assertThat(forced.rows().get(0).modeReason()).isEqualTo("vendor repairs");
        result(monitor.invoke(mbean, "automatic"));
        viewOf(view -> view.rows().stream().allMatch(BreakerRow::isAutomatic));
    }

    @Test
    void anApplicationThatIsDeployedAgainIsFollowed() {
        ready();
        shop.close();
        View empty = viewOf(view -> view.rows().isEmpty());
        assertThat(empty.problem()).contains("has no breaker of Switchgear");
        try (Generator again = new Generator("shop", 3)) {
            ready();
            again.fail(again.get(0), 5);
            View view = viewOf(next -> next.open() == 1 && !next.events().isEmpty());
            assertThat(view.events().get(0).text()).startsWith("shop-0: OPEN");
        }
    }

    @Test
    void closingLeavesNoThread() {
        ready();
        monitor.close();
        await().atMost(SOON)
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .map(Thread::getName)
                        .noneMatch(List.of("switchgear-console", "switchgear-console-close")::contains));
        assertThatThrownBy(() -> result(monitor.invoke(monitor.last().detail().mbean(), "reset")))
                .cause()
                .hasMessageContaining("nothing was changed");
    }
}
