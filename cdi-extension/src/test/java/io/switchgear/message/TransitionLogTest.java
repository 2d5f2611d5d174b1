package io.switchgear.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.CircuitTransition;
import io.switchgear.Mode;
import io.switchgear.Settings;
import io.switchgear.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TransitionLogTest {
    private static final Logger LOGGER = Logger.getLogger("io.switchgear");

    private final List<String> lines = new ArrayList<>();
    private final TransitionLog log = new TransitionLog();
    private final List<String> loggers = new ArrayList<>();
    private Instant now = Instant.EPOCH;
    private boolean broken;
    private final Handler recorder = new Handler() {
        @Override
        public void publish(LogRecord line) {
            if (broken) {
                throw new IllegalStateException("disk full");
            }
            lines.add(line.getLevel() + " " + line.getMessage());
            loggers.add(line.getLoggerName());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void record() {
        LOGGER.addHandler(recorder);
    }

    @AfterEach
    void stop() {
        LOGGER.removeHandler(recorder);
    }

    private void tell(State from, State to, Mode mode) {
        tell(from, to, mode, mode, "");
    }

    private void tell(State from, State to, Mode fromMode, Mode mode, String by) {
        tell(from, to, fromMode, mode, by, null);
    }

    private void tell(State from, State to, Mode fromMode, Mode mode, String by, String failureMessage) {
        Settings settings = Settings.defaults();
        log.accept(new CircuitTransition(
                1, "orders", from, to, fromMode, mode, settings, settings, now, now, by, "why", failureMessage));
    }

    @Test
    void theMessageOfTheFailureFollowsItsClass() {
        tell(State.CLOSED, State.OPEN, Mode.AUTOMATIC, Mode.AUTOMATIC, "", "connection refused");
        assertThat(lines).containsExactly("WARNING SGR0001: orders opened, mode AUTOMATIC: why: connection refused");
    }

    @Test
    void everyOpeningIsAWarningWhateverTheMode() {
        tell(State.CLOSED, State.OPEN, Mode.AUTOMATIC);
        tell(State.CLOSED, State.CLOSED, Mode.FORCED_CLOSED, Mode.AUTOMATIC, "");
        tell(State.HALF_OPEN, State.OPEN, Mode.OBSERVING);
        assertThat(lines)
                .containsExactly(
                        "WARNING SGR0001: orders opened, mode AUTOMATIC: why",
                        "INFO SGR0003: orders is now CLOSED, mode AUTOMATIC: why",
                        "WARNING SGR0001: orders opened again, mode OBSERVING: why");
    }

    @Test
    void whatSomebodyAskedForIsInTheAuditLogAndAnOpeningInBoth() {
        tell(State.CLOSED, State.CLOSED, Mode.AUTOMATIC, Mode.OBSERVING, "alice");
        tell(State.CLOSED, State.OPEN, Mode.OBSERVING, Mode.FORCED_OPEN, "alice");
        assertThat(lines)
                .containsExactly(
                        "INFO SGR0005: orders: why, by alice",
                        "INFO SGR0005: orders: why, by alice",
                        "WARNING SGR0001: orders opened, why");
        assertThat(loggers).containsExactly("io.switchgear.audit", "io.switchgear.audit", "io.switchgear");
    }

    @Test
    void aBreakerThatFlapsDoesNotFloodTheLogAndTheRestIsCounted() {
        for (int i = 0; i < 1_000; i++) {
            tell(State.CLOSED, State.OPEN, Mode.AUTOMATIC);
        }
        assertThat(lines).hasSize(20);
        now = now.minusSeconds(3_600);
        tell(State.CLOSED, State.OPEN, Mode.AUTOMATIC);
        assertThat(lines).as("a clock that steps back").hasSize(20);
        now = now.plusSeconds(5);
        tell(State.CLOSED, State.OPEN, Mode.AUTOMATIC);
        tell(State.CLOSED, State.OPEN, Mode.AUTOMATIC);
        assertThat(lines)
                .hasSize(21)
                .last()
                .asString()
                .endsWith("why (981 transitions since the last one told were left out)");
        now = now.plusSeconds(86_400);
        for (int i = 0; i < 100; i++) {
            tell(State.CLOSED, State.OPEN, Mode.AUTOMATIC);
        }
        assertThat(lines).as("quiet times earn no more than the first burst").hasSize(41);
        tell(State.CLOSED, State.CLOSED, Mode.AUTOMATIC, Mode.OBSERVING, "alice");
        assertThat(lines).as("the audit log is whole").hasSize(42);
    }

    @Test
    void theRestIsInformation() {
        tell(State.OPEN, State.HALF_OPEN, Mode.AUTOMATIC);
        tell(State.HALF_OPEN, State.CLOSED, Mode.AUTOMATIC);
        assertThat(lines)
                .containsExactly(
                        "INFO SGR0002: orders is now HALF_OPEN, was OPEN: why",
                        "INFO SGR0002: orders is now CLOSED, was HALF_OPEN: why");
    }

    @Test
    void aBrokenLogHarmsNobody() {
        broken = true;
        tell(State.CLOSED, State.OPEN, Mode.AUTOMATIC);
        broken = false;
        tell(State.OPEN, State.HALF_OPEN, Mode.AUTOMATIC);
        assertThat(lines).containsExactly("INFO SGR0002: orders is now HALF_OPEN, was OPEN: why");
    }
}
