package io.switchgear.jmx;

import io.switchgear.BreakerControl;
import io.switchgear.CircuitBreaker;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.InvalidSettingsException;
import io.switchgear.settings.Setting;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A change of the same settings of many breakers, made to all of them or to none.
 *
 * <p>Each breaker is asked first. Intentional: no lock is held over the breakers, since what a change tells to others
 * must not be told under one; so somebody else may come between the question and the change, and make a breaker refuse
 * what it would have taken. Then those that have changed already are put back, as far as nobody has changed them since.
 */
record BulkChange(List<CircuitBreaker> breakers, Map<Setting, String> changes, String who) {
    /**
     * Makes it.
     *
     * @throws IllegalArgumentException if a breaker refuses; names it
     */
    void make() {
        for (CircuitBreaker breaker : breakers) {
            try {
                breaker.snapshot().settings().with(changes);
            } catch (InvalidSettingsException refused) {
                throw refusal(breaker, refused);
            }
        }
        Map<CircuitBreaker, BreakerSettings> changed = new LinkedHashMap<>();
        for (CircuitBreaker breaker : breakers) {
            try {
                AtomicReference<BreakerSettings> before = new AtomicReference<>();
                breaker.by(who).update(present -> {
                    before.set(present);
                    return present.with(changes);
                });
                changed.put(breaker, before.get());
            } catch (InvalidSettingsException refused) {
                changed.forEach(this::putBack);
                throw refusal(breaker, refused);
            }
        }
    }

    private void putBack(CircuitBreaker breaker, BreakerSettings before) {
        BreakerSettings ours = before.with(changes);
        BreakerControl controls = breaker.by(who);
        if (breaker.snapshot().settings().equals(ours) && !ours.equals(before)) {
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
                // somebody has built on our values meanwhile; theirs is the last word
                return present;
            }
        });
    }

    private static IllegalArgumentException refusal(CircuitBreaker breaker, InvalidSettingsException refused) {
        return new IllegalArgumentException("nothing was changed, since " + breaker.name() + " refuses: "
                + SettingsWriter.refusal(refused).getMessage());
    }
}
