// SPDX-License-Identifier: Apache-2.0
package io.switchgear.jmx;

import io.switchgear.CircuitBreaker;
import io.switchgear.message.Message;
import io.switchgear.message.Text;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.InvalidSettingsException;
import io.switchgear.settings.Setting;
import io.switchgear.status.BreakerMode;
import io.switchgear.status.BreakerSnapshot;
import io.switchgear.status.CircuitTransition;
import io.switchgear.store.SavedSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.management.Attribute;
import javax.management.InvalidAttributeValueException;

/** A breaker, as the resource of its MBean. */
final class BreakerResource extends TunableResource<BreakerView> {
    static final String MODE = "Mode";

    private final CircuitBreaker breaker;
    private volatile BreakerSnapshot zero;
    // created with the first transition, as most breakers never have one
    private volatile TransitionHistory history;

    BreakerResource(CircuitBreaker breaker, Origin origin, SavedSettings saved) {
        super(breaker, origin, saved);
        this.breaker = breaker;
    }

    CircuitBreaker breaker() {
        return breaker;
    }

    @Override
    public BreakerView view(String lastRefusedChange) {
        TransitionHistory present = history;
        return new BreakerView(
                breaker.snapshot(),
                zero,
                breaker.failureRule(),
                breaker.configuredSettings(),
                origin(),
                this::isUnsaved,
                present == null ? List.of() : present.newestFirst(),
                lastRefusedChange);
    }

    @Override
    public void set(List<Attribute> attributes) throws InvalidAttributeValueException {
        List<Attribute> settings = new ArrayList<>();
        BreakerMode mode = breaker.snapshot().mode();
        BreakerMode wanted = mode;
        for (Attribute attribute : attributes) {
            if (MODE.equals(attribute.getName())) {
                wanted = mode(attribute.getValue());
            } else {
                settings.add(attribute);
            }
        }
        super.set(settings);
        // writing the current mode again keeps its reason and its end
        if (wanted != mode) {
            breaker.by(Caller.current()).setMode(wanted, null, "");
        }
    }

    private static BreakerMode mode(Object value) throws InvalidAttributeValueException {
        return Arrays.stream(BreakerMode.values())
                .filter(mode -> mode.name().equals(value))
                .findFirst()
                .orElseThrow(() -> new InvalidAttributeValueException("Mode must be one of "
                        + Arrays.stream(BreakerMode.values())
                                .map(BreakerMode::name)
                                .collect(Collectors.joining(", "))
                        + " but was " + Text.printable(value)));
    }

    BreakerSettings rehearse(Map<Setting, ?> changes) {
        try {
            BreakerSettings rehearsed = breaker.by(Caller.current()).rehearse(present -> present.with(changes));
            Message.CHANGED.log(name(), "rehearses " + SettingsWriter.text(changes), Caller.current());
            return rehearsed;
        } catch (InvalidSettingsException refused) {
            throw SettingsWriter.refusal(refused);
        }
    }

    static String endRehearsal(CircuitBreaker breaker) {
        String comparison = breaker.by(Caller.current()).endRehearsal().comparison();
        Message.CHANGED.log(breaker.name(), "rehearsal ended: " + comparison, Caller.current());
        return comparison;
    }

    BreakerSettings applyRehearsal() {
        try {
            return new SettingsWriter<>(breaker, saved())
                    .saving(control -> breaker.by(Caller.current()).applyRehearsal());
        } catch (InvalidSettingsException refused) {
            throw SettingsWriter.refusal(refused);
        }
    }

    /**
     * Restarts the totals shown in JMX from 0. Intentional: the breaker's own totals are kept, as metrics and other
     * readers use them.
     */
    void resetTotals() {
        zero = breaker.snapshot();
        Message.CHANGED.log(name(), "totals shown in JMX reset", Caller.current());
    }

    // intentional: no lock around the history, as a breaker delivers one transition at a time
    void add(CircuitTransition transition) {
        if (history == null) {
            history = new TransitionHistory();
        }
        history.add(transition);
    }
}
