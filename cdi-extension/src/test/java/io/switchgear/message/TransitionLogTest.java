// SPDX-License-Identifier: Apache-2.0
package io.switchgear.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.FailureRule;
import io.switchgear.breaker.Breaker;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.status.BreakerMode;
import io.switchgear.status.CircuitState;
import io.switchgear.status.CircuitTransition;
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

    private void tell(CircuitState from, CircuitState to, BreakerMode mode) {
        tell(from, to, mode, mode, "");
    }

    private void tell(CircuitState from, CircuitState to, BreakerMode fromMode, BreakerMode mode, String by) {
        tell(from, to, fromMode, mode, by, null);
    }

    private void tell(
            CircuitState from,
            CircuitState to,
            BreakerMode fromMode,
            BreakerMode mode,
            String by,
            String failureMessage) {
        BreakerSettings settings = BreakerSettings.defaults();
        log.accept(new CircuitTransition(
                1,
                "orders",
                new CircuitTransition.Side(from, fromMode, "", null, settings, now),
                new CircuitTransition.Side(to, mode, "", null, settings, now),
                now,
                by,
                "why",
                failureMessage,
                null));
    }

    @Test
    void theMessageOfTheFailureFollowsItsClass() {
        tell(
                CircuitState.CLOSED,
                CircuitState.OPEN,
                BreakerMode.AUTOMATIC,
                BreakerMode.AUTOMATIC,
                "",
                "connection refused");
        assertThat(lines).containsExactly("WARNING SGR0001: orders opened, mode AUTOMATIC: why: connection refused");
    }

    @Test
    void everyOpeningIsAWarningWhateverTheMode() {
        tell(CircuitState.CLOSED, CircuitState.OPEN, BreakerMode.AUTOMATIC);
        tell(CircuitState.CLOSED, CircuitState.CLOSED, BreakerMode.FORCED_CLOSED, BreakerMode.AUTOMATIC, "");
        tell(CircuitState.HALF_OPEN, CircuitState.OPEN, BreakerMode.OBSERVING);
        assertThat(lines)
                .containsExactly(
                        "WARNING SGR0001: orders opened, mode AUTOMATIC: why",
                        "INFO SGR0003: orders is now CLOSED, mode AUTOMATIC: why",
                        "WARNING SGR0001: orders opened again, mode OBSERVING: why");
    }

    @Test
    void operatorActionsAreInTheAuditLogAndAnOpeningInBoth() {
        tell(CircuitState.CLOSED, CircuitState.CLOSED, BreakerMode.AUTOMATIC, BreakerMode.OBSERVING, "alice");
        tell(CircuitState.CLOSED, CircuitState.OPEN, BreakerMode.OBSERVING, BreakerMode.FORCED_OPEN, "alice");
        assertThat(lines)
                .containsExactly(
                        "INFO SGR0005: orders: why, by alice",
                        "INFO SGR0005: orders: why, by alice",
                        "WARNING SGR0001: orders opened, mode FORCED_OPEN: why");
        assertThat(loggers).containsExactly("io.switchgear.audit", "io.switchgear.audit", "io.switchgear");
    }

    @Test
    void aBreakerThatFlapsDoesNotFloodTheLogAndTheRestIsCounted() {
        for (int i = 0; i < 1_000; i++) {
            tell(CircuitState.CLOSED, CircuitState.OPEN, BreakerMode.AUTOMATIC);
        }
        assertThat(lines).hasSize(20);
        now = now.minusSeconds(3_600);
        tell(CircuitState.CLOSED, CircuitState.OPEN, BreakerMode.AUTOMATIC);
        assertThat(lines).as("a clock that steps back").hasSize(20);
        now = now.plusSeconds(5);
        tell(CircuitState.CLOSED, CircuitState.OPEN, BreakerMode.AUTOMATIC);
        tell(CircuitState.CLOSED, CircuitState.OPEN, BreakerMode.AUTOMATIC);
        assertThat(lines)
                .hasSize(21)
                .last()
                .asString()
                .endsWith("why (981 transitions omitted since the last one logged)");
        now = now.plusSeconds(86_400);
        for (int i = 0; i < 100; i++) {
            tell(CircuitState.CLOSED, CircuitState.OPEN, BreakerMode.AUTOMATIC);
        }
        assertThat(lines).as("quiet times earn no more than the first burst").hasSize(41);
        tell(CircuitState.CLOSED, CircuitState.CLOSED, BreakerMode.AUTOMATIC, BreakerMode.OBSERVING, "alice");
        assertThat(lines).as("the audit log is whole").hasSize(42);
    }

    @Test
    void theRestIsInformation() {
        tell(CircuitState.OPEN, CircuitState.HALF_OPEN, BreakerMode.AUTOMATIC);
        tell(CircuitState.HALF_OPEN, CircuitState.CLOSED, BreakerMode.AUTOMATIC);
        assertThat(lines)
                .containsExactly(
                        "INFO SGR0002: orders is now HALF_OPEN, was OPEN: why",
                        "INFO SGR0002: orders is now CLOSED, was HALF_OPEN: why");
    }

    @Test
    void aBrokenLogHarmsNothing() {
        broken = true;
        tell(CircuitState.CLOSED, CircuitState.OPEN, BreakerMode.AUTOMATIC);
        broken = false;
        tell(CircuitState.OPEN, CircuitState.HALF_OPEN, BreakerMode.AUTOMATIC);
        assertThat(lines).containsExactly("INFO SGR0002: orders is now HALF_OPEN, was OPEN: why");
    }

    @Test
    void aModeIsNamedOnce() {
        Breaker orders = new Breaker("orders", BreakerSettings.defaults(), FailureRule.ANY, log);
        orders.by("alice").forceOpen("drill");
        orders.by("alice").automatic();
        orders.by("alice").forceClosed("");
        orders.by("alice").forceOpen("");
        orders.by("alice").reset();
        assertThat(lines)
                .filteredOn(line -> !line.contains("SGR0005"))
                .containsExactly(
                        "WARNING SGR0001: orders opened, mode FORCED_OPEN: drill",
                        "INFO SGR0003: orders is now HALF_OPEN, mode AUTOMATIC",
                        "INFO SGR0003: orders is now CLOSED, mode FORCED_CLOSED",
                        "WARNING SGR0001: orders opened, mode FORCED_OPEN",
                        "INFO SGR0003: orders is now CLOSED, mode AUTOMATIC: reset");
    }
}
