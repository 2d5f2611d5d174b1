// SPDX-License-Identifier: Apache-2.0
package io.switchgear.jmx;

import io.switchgear.BreakerControl;
import io.switchgear.CircuitBreaker;
import io.switchgear.message.Message;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.InvalidSettingsException;
import io.switchgear.settings.Setting;
import io.switchgear.status.RehearsalSnapshot;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToLongBiFunction;

/**
 * A change of the same settings in many breakers: in all of them or in none.
 *
 * <p>The change is first checked against each breaker. Intentional: no lock is held across the breakers, since
 * listeners must be notified outside any lock. Another thread may therefore change a breaker between the check and the
 * change, so that the breaker refuses after all. The breakers changed so far are then restored, except for settings
 * that another thread has changed since.
 */
record BulkChange(List<CircuitBreaker> breakers, Map<Setting, String> changes, String author) {
    /**
     * Applies the change.
     *
     * @param all the breakers of the application, whose windows are limited together with those that they rehearse
     * @throws IllegalArgumentException if a breaker refuses, and the message names it; or if the windows would become
     *     too long
     */
    void apply(List<CircuitBreaker> all) {
        checkWindows(all, checked((breaker, changed) -> {
            int present = breaker.settings().windowCalls();
            // a rehearsed window follows, unless its length is rehearsed
            return (rehearsedWindow(breaker) == present ? 2L : 1L) * (changed.windowCalls() - present);
        }));
        Map<CircuitBreaker, BreakerSettings> changed = new LinkedHashMap<>();
        for (CircuitBreaker breaker : breakers) {
            try {
                AtomicReference<BreakerSettings> before = new AtomicReference<>();
                breaker.by(author).update(present -> {
                    before.set(present);
                    return present.with(changes);
                });
                changed.put(breaker, before.get());
            } catch (InvalidSettingsException refused) {
                changed.forEach(this::restore);
                throw refusal(breaker, refused);
            }
        }
    }

    /**
     * Rehearses the change.
     *
     * @param all the breakers of the application, whose windows are limited together
     * @throws IllegalArgumentException as for {@link #apply}
     */
    void rehearse(List<CircuitBreaker> all) {
        checkWindows(all, checked((breaker, changed) -> changed.windowCalls() - rehearsedWindow(breaker)));
        List<CircuitBreaker> begun = new ArrayList<>();
        for (CircuitBreaker breaker : breakers) {
            try {
                breaker.by(author).rehearse(present -> present.with(changes));
                begun.add(breaker);
            } catch (InvalidSettingsException | IllegalStateException refused) {
                begun.forEach(each -> each.by(author).endRehearsal());
                throw refusal(breaker, refused);
            }
        }
        begun.forEach(
                breaker -> Message.CHANGED.log(breaker.name(), "rehearses " + SettingsWriter.text(changes), author));
    }

    /** Returns how much longer the windows become, if no breaker refuses. */
    private long checked(ToLongBiFunction<CircuitBreaker, BreakerSettings> longer) {
        long more = 0;
        for (CircuitBreaker breaker : breakers) {
            try {
                more += longer.applyAsLong(breaker, breaker.settings().with(changes));
            } catch (InvalidSettingsException refused) {
                throw refusal(breaker, refused);
            }
        }
        return more;
    }

    /** Returns the length of the window of the rehearsal; 0 without one. */
    private static long rehearsedWindow(CircuitBreaker breaker) {
        RehearsalSnapshot rehearsal = breaker.snapshot().rehearsal();
        return rehearsal == null ? 0 : rehearsal.settings().windowCalls();
    }

    /** @param more how much longer the windows become together; a change that shortens them is never refused */
    private void checkWindows(List<CircuitBreaker> all, long more) {
        if (more <= 0) {
            return;
        }
        long total = more
                + all.stream()
                        .mapToLong(breaker -> breaker.settings().windowCalls() + rehearsedWindow(breaker))
                        .sum();
        if (total > BreakerSettings.MAX_TOTAL_WINDOW_CALLS) {
            throw new IllegalArgumentException("nothing was changed, since WindowCalls of all breakers together must be"
                    + " <= " + BreakerSettings.MAX_TOTAL_WINDOW_CALLS + " but would be " + total
                    + "; choose fewer breakers or a smaller WindowCalls");
        }
    }

    private void restore(CircuitBreaker breaker, BreakerSettings before) {
        BreakerSettings ours = before.with(changes);
        BreakerControl controls = breaker.by(author);
        if (breaker.settings().equals(ours) && !ours.equals(before)) {
            controls.undoLastChange();
            return;
        }
        controls.update(present -> {
            Map<Setting, Object> values = new EnumMap<>(Setting.class);
            for (Setting setting : changes.keySet()) {
                if (present.get(setting).equals(ours.get(setting))) {
                    values.put(setting, before.get(setting));
                }
            }
            try {
                return present.with(values);
            } catch (InvalidSettingsException overtaken) {
                // another thread has changed settings that depend on these values; its change takes precedence
                return present;
            }
        });
    }

    private static IllegalArgumentException refusal(CircuitBreaker breaker, RuntimeException refused) {
        String why = refused instanceof InvalidSettingsException invalid
                ? SettingsWriter.refusal(invalid).getMessage()
                : refused.getMessage();
        return new IllegalArgumentException("nothing was changed, since " + breaker.name() + " refuses: " + why);
    }
}
