package io.switchgear.ejb;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.Mode;
import io.switchgear.Settings;
import io.switchgear.Snapshot;
import io.switchgear.State;
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
                        breaker("Users#find(long)", State.OPEN, Mode.AUTOMATIC, 1_234, 56_789),
                        breaker("rates", State.HALF_OPEN, Mode.AUTOMATIC, 5, 3))))
                .isEqualToNormalizingNewlines("""
                        Circuit breakers: 4, in need of attention: 3
                          name                 state      mode           failures  rejected  since
                          Users#find(long)     OPEN       AUTOMATIC          1234     56789  2026-01-02T03:04:05Z
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

    private static Snapshot breaker(String name, State state, Mode mode, long failures, long rejected) {
        Instant since = Instant.parse("2026-01-02T03:04:05.678Z");
        return new Snapshot(
                name,
                state,
                since,
                0,
                mode,
                "",
                Settings.defaults(),
                0,
                0,
                0,
                0,
                0,
                0,
                failures,
                0,
                rejected,
                0,
                0,
                null,
                null,
                null);
    }
}
