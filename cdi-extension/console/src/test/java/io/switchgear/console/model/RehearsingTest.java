// SPDX-License-Identifier: Apache-2.0
package io.switchgear.console.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.CircuitBreaker;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.TripOn;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Tests what the model shows of rehearsals, and of breakers that are open in part. */
class RehearsingTest extends MonitorTestCase {
    RehearsingTest() throws Exception {
        super(1);
    }

    private static boolean hasRehearsedPoint(View view) {
        for (float point : view.rows().get(0).history().points(History.Series.REHEARSED)) {
            if (point > 0) {
                return true;
            }
        }
        return false;
    }

    @Test
    void settingsAreRehearsedComparedAndApplied() throws Exception {
        Detail detail = viewOf(view -> view.detail() != null).detail();
        assertThat(detail.isRehearsing()).isFalse();
        monitor.rehearse(detail.mbean(), Map.of(detail.setting("FailureThreshold"), "2"))
                .get(10, TimeUnit.SECONDS);
        Detail rehearsing = viewOf(view -> view.detail().isRehearsing()).detail();
        assertThat(rehearsing.rehearsedSettings()).containsExactly(Map.entry("FailureThreshold", "2"));
        assertThat(rehearsing.text("FailureThreshold")).isEqualTo("5");
        shop.fail(shop.get(0), 2);
        View compared = viewOf(view -> {
            shop.call(shop.get(0), false);
            return hasRehearsedPoint(view);
        });
        assertThat(compared.detail().rehearsal())
                .startsWith("Rehearsal of FailureThreshold=2 by ")
                .contains(": now OPEN; opened once, the breaker 0 times; rejected ");
        assertThat(compared.rows().get(0).state()).isEqualTo("CLOSED");
        monitor.invoke(detail.mbean(), "applyRehearsal").get(10, TimeUnit.SECONDS);
        Detail applied = viewOf(view -> !view.detail().isRehearsing()).detail();
        assertThat(applied.text("FailureThreshold")).isEqualTo("2");
        assertThatThrownBy(() -> monitor.invoke(detail.mbean(), "endRehearsal").get(10, TimeUnit.SECONDS))
                .cause()
                .isInstanceOf(RefusedException.class)
                .hasMessage("no rehearsal is running; rehearse begins one");
    }

    @Test
    void aBreakerThatIsOpenInPartSaysHowMuchItAdmits() {
        CircuitBreaker partly = shop.add(
                "stock", BreakerSettings.builder().tripOn(TripOn.ADAPTIVE).build());
        for (int i = 0; i < 1_000 && partly.snapshot().admittedPercent() == 100; i++) {
            shop.call(partly, i % 10 < 6);
        }
        View view = viewOf(next -> next.rows().size() == 2 && next.open() == 1);
        BreakerRow row = view.rows().get(0);
        assertThat(row.name()).isEqualTo("stock");
        assertThat(row.isInPart()).isTrue();
        assertThat(row.stateInWords()).matches("open in part, \\d+(\\.\\d)? %");
        assertThat(row.matches("in part")).isTrue();
    }
}
