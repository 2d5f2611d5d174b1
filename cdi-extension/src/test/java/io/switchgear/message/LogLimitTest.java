// SPDX-License-Identifier: Apache-2.0
package io.switchgear.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.FailureRule;
import io.switchgear.breaker.Breaker;
import io.switchgear.event.Listeners;
import io.switchgear.guard.Retry;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.RetrySettings;
import io.switchgear.time.TestTime;
import io.switchgear.time.Time;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Lines that callers and consoles can cause at will. */
class LogLimitTest {
    private final TestTime time = new TestTime();
    private final LogLimit limit = new LogLimit(time::nanos);
    private final RecordedLog log = new RecordedLog();

    @AfterEach
    void close() {
        log.close();
    }

    private void log(String name) {
        limit.log(Message.NAME_QUALIFIED, name);
    }

    private static String line(String name) {
        return "INFO " + Message.NAME_QUALIFIED.text(name);
    }

    @Test
    void aLineIsLoggedOnceInAMinuteAndTheOthersAreCounted() {
        log("a");
        log("a");
        log("b");
        log("a");
        time.advanceMillis(59_999);
        log("a");
        time.advanceMillis(1);
        log("a");
        log("a");
        time.advanceMillis(60_000);
        log("c");
        assertThat(log.lines())
                .containsExactly(
                        line("a"),
                        line("b") + " (1 line omitted since the last one logged)",
                        line("a") + " (2 lines omitted since the last one logged)",
                        line("c") + " (1 line omitted since the last one logged)");
    }

    @Test
    void twentyDifferentLinesAreLoggedInAMinute() {
        for (int i = 0; i < 10_000; i++) {
            log("a" + i);
        }
        assertThat(log.lines()).hasSize(20);
        time.advanceMillis(60_000);
        log("b");
        assertThat(log.lines()).last().isEqualTo(line("b") + " (9980 lines omitted since the last one logged)");
    }

    @Test
    void theStackTraceIsThatOfTheLine() {
        limit.log(new IllegalStateException("first"), Message.NAME_QUALIFIED, "a");
        assertThat(log.lines()).containsExactly(line("a"));
    }

    private static final FailureRule BROKEN = new FailureRule(List.of(Throwable.class), List.of(), result -> {
        throw new IllegalStateException("broken");
    });

    @Test
    void aPredicateThatThrowsOnEachCallIsOneLine() throws Exception {
        Breaker breaker = new Breaker("orders", BreakerSettings.defaults(), BROKEN, transition -> {});
        Retry retry = new Retry("orders", RetrySettings.defaults(), BROKEN, Time.SYSTEM);
        for (int i = 0; i < 1_000; i++) {
            breaker.call(() -> "result");
            retry.returned("result", 1, retry.begin(), 0);
        }
        assertThat(log.lines()).hasSize(2).allMatch(line -> line.contains("SGR0014: orders: "));
        assertThat(log.lines().get(0)).endsWith("the call counts as neither success nor failure");
        assertThat(log.lines().get(1)).endsWith("the result is returned without a retry");
    }

    @Test
    void aListenerThatThrowsOnEachEventIsLimited() {
        Listeners<String> listeners = new Listeners<>(event -> "orders");
        listeners.add(event -> {
            throw new AssertionError("broken");
        });
        for (int i = 0; i < 1_000; i++) {
            listeners.dispatch("event " + i);
        }
        assertThat(log.lines()).hasSize(20);
    }

    @Test
    void anEventWhoseTextThrowsHarmsNoCaller() {
        Listeners<Object> listeners = new Listeners<>(event -> "orders");
        List<Object> after = new ArrayList<>();
        listeners.add(event -> {
            throw new AssertionError("broken");
        });
        listeners.add(after::add);
        listeners.dispatch(new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException("no text");
            }
        });
        assertThat(after).hasSize(1);
    }
}
