// SPDX-License-Identifier: Apache-2.0
package io.switchgear.example;

import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.switchgear.CircuitBreakers;
import io.switchgear.status.BreakerSnapshot;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Measures what happens to the calls of each breaker from one look to the next. For use by one thread at a time. */
@Dependent
public class Recorder {
    /** The totals of a breaker: calls by result, then the number of timed calls and their milliseconds. */
    private record Totals(List<Long> calls, long timed, double millis) {}

    @Inject
    private CircuitBreakers breakers;

    @Inject
    private PrometheusMeterRegistry meters;

    private Map<String, Totals> last = Map.of();

    /** Returns what has happened since the previous look. A breaker that is new begins with nothing. */
    Second look() {
        Map<String, Totals> totals = new HashMap<>();
        Map<String, List<Object>> measured = new HashMap<>();
        breakers.all().forEach(breaker -> {
            BreakerSnapshot now = breaker.snapshot();
            Totals after = totals(now);
            totals.put(now.name(), after);
            measured.put(now.name(), measure(now, last.getOrDefault(now.name(), after), after));
        });
        last = totals;
        return new Second(TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis()), measured);
    }

    private Totals totals(BreakerSnapshot now) {
        // there while the timer of the breaker is on
        Timer timer = meters.find("circuit.breaker.call.duration")
                .tag("service", now.name())
                .timer();
        return new Totals(
                List.of(
                        now.successes() - now.slowSuccesses(),
                        now.slowSuccesses(),
                        now.failures(),
                        now.rejected(),
                        now.ignored()),
                timer == null ? 0 : timer.count(),
                timer == null ? 0 : timer.totalTime(TimeUnit.MILLISECONDS));
    }

    private static List<Object> measure(BreakerSnapshot now, Totals before, Totals after) {
        List<Object> measured = new ArrayList<>();
        measured.add(now.settings().enabled() ? now.state().name() : "OFF");
        measured.add(Math.round(now.admittedPercent()));
        for (int result = 0; result < after.calls().size(); result++) {
            measured.add(after.calls().get(result) - before.calls().get(result));
        }
        long timed = after.timed() - before.timed();
        // a timer that was switched off and on begins again
        measured.add(timed <= 0 ? null : Math.round(10 * (after.millis() - before.millis()) / timed) / 10.0);
        return measured;
    }
}
