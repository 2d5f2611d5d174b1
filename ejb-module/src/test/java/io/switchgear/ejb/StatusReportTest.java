package io.switchgear.ejb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.CircuitOpenException;
import io.switchgear.FailureRule;
import io.switchgear.Mode;
import io.switchgear.Settings;
import io.switchgear.Snapshot;
import io.switchgear.State;
import io.switchgear.breaker.Breaker;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatusReportTest {
    @Test
    void withoutBreakersItIsOneLine() {
        assertThat(StatusReport.of(List.of())).isEqualTo("No circuit breakers yet");
    }

    @Test
    void columnsAreAlignedAndWhatNeedsAttentionComesFirst() {
        assertThat(StatusReport.of(List.of(
                        breaker("Alerts#send(String)", State.CLOSED, Mode.AUTOMATIC, 7, 0),
                        breaker("ads", State.CLOSED, Mode.FORCED_CLOSED, 12, 0),
                        breaker("Users#find(long)", State.OPEN, Mode.AUTOMATIC, 1_234, 567),
                        breaker("rates", State.HALF_OPEN, Mode.AUTOMATIC, 5, 3))))
                .isEqualToNormalizingNewlines("""
                        Circuit breakers: 4, in need of attention: 3
                          name                 state      mode           failures  rejected  since
                          Users#find(long)     OPEN       AUTOMATIC          1234       567  2026-01-02T03:04:05Z
                          rates                HALF_OPEN  AUTOMATIC             5         3  2026-01-02T03:04:05Z
                          ads                  CLOSED     FORCED_CLOSED        12         0  2026-01-02T03:04:05Z
                          Alerts#send(String)  CLOSED     AUTOMATIC             7         0  2026-01-02T03:04:05Z""");
    }

    @Test
    void aNameShorterThanItsHeadingIsAlignedToo() {
        assertThat(StatusReport.of(List.of(breaker("ad", State.CLOSED, Mode.AUTOMATIC, 0, 0))))
                .isEqualToNormalizingNewlines("""
                        Circuit breakers: 1, in need of attention: 0
                          name  state      mode           failures  rejected  since
                          ad    CLOSED     AUTOMATIC             0         0  2026-01-02T03:04:05Z""");
    }

    private static Snapshot breaker(String name, State state, Mode mode, int failures, int rejected) {
        Instant since = Instant.parse("2026-01-02T03:04:05.678Z");
        Settings settings =
                Settings.builder().failureThreshold(1).halfOpenMaxCalls(1).build();
        Breaker breaker = new Breaker(name, settings, FailureRule.ANY, () -> 0, () -> since, transition -> {});
        breaker.forceClosed("");
        for (int i = 0; i < failures; i++) {
            if (i == failures - 1 && state != State.CLOSED) {
                breaker.automatic();
            }
            breaker.acquire().threw(new IllegalStateException(), 0);
        }
        if (state == State.HALF_OPEN) {
            breaker.halfOpenNow();
            breaker.acquire();
        }
        for (int i = 0; i < rejected; i++) {
            assertThatThrownBy(breaker::acquire).isInstanceOf(CircuitOpenException.class);
        }
        breaker.control(mode, null, "");
        assertThat(breaker.snapshot().state()).isEqualTo(state);
        return breaker.snapshot();
    }
}
