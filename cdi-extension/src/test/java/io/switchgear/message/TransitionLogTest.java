package io.switchgear.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.CircuitTransition;
import io.switchgear.Mode;
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
    private boolean broken;
    private final Handler recorder = new Handler() {
        @Override
        public void publish(LogRecord line) {
            if (broken) {
                throw new IllegalStateException("disk full");
            }
            lines.add(line.getLevel() + " " + line.getMessage());
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
        log.accept(new CircuitTransition(1, "orders", from, to, mode, Instant.EPOCH, "why"));
    }

    @Test
    void everyOpeningIsAWarningWhateverTheMode() {
        tell(State.CLOSED, State.OPEN, Mode.AUTOMATIC);
        tell(State.CLOSED, State.OPEN, Mode.FORCED_OPEN);
        tell(State.CLOSED, State.CLOSED, Mode.FORCED_CLOSED);
        tell(State.CLOSED, State.OPEN, Mode.AUTOMATIC);
        tell(State.HALF_OPEN, State.OPEN, Mode.OBSERVING);
        assertThat(lines)
                .containsExactly(
                        "WARNING SGR0001: orders opened, mode AUTOMATIC: why",
                        "WARNING SGR0001: orders opened, mode FORCED_OPEN: why",
                        "INFO SGR0003: orders is now CLOSED, mode FORCED_CLOSED: why",
                        "WARNING SGR0001: orders opened, mode AUTOMATIC: why",
                        "WARNING SGR0001: orders opened, mode OBSERVING: why");
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
