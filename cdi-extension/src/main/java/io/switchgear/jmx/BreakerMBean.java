package io.switchgear.jmx;

import io.switchgear.CircuitBreaker;
import io.switchgear.message.Message;
import io.switchgear.message.Text;
import io.switchgear.status.BreakerMode;
import io.switchgear.status.BreakerSnapshot;
import io.switchgear.status.CircuitTransition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javax.management.Attribute;
import javax.management.AttributeNotFoundException;
import javax.management.InvalidAttributeValueException;
import javax.management.ObjectName;

/** A breaker as consoles see it. */
final class BreakerMBean extends TunableMBean<BreakerView, BreakerMBean> implements Consumer<CircuitTransition> {
    static final MBeanModel<BreakerView, BreakerMBean> VOCABULARY = MBeanModel.of(
            "A breaker",
            BreakerMBean.class,
            "A circuit breaker. What is writable can be changed at any time and takes effect on the next call.",
            BreakerAttributes.all(),
            BreakerOperations.all());

    private final CircuitBreaker breaker;
    private final Origin origin;
    private volatile BreakerSnapshot zero;
    // made with the first transition, as most breakers never have one
    private volatile TransitionHistory history;

    BreakerMBean(MBeanContext cabinet, CircuitBreaker breaker, Origin origin) {
        super(cabinet, VOCABULARY, breaker);
        this.breaker = breaker;
        this.origin = origin;
    }

    CircuitBreaker breaker() {
        return breaker;
    }

    @Override
    BreakerMBean target() {
        return this;
    }

    @Override
    BreakerView view() {
        TransitionHistory told = history;
        return new BreakerView(
                breaker.snapshot(),
                zero,
                breaker.failureRule(),
                breaker.configuredSettings(),
                origin,
                told == null ? List.of() : told.newestFirst(),
                lastRejectedChange());
    }

    @Override
    void set(List<Attribute> attributes) throws AttributeNotFoundException, InvalidAttributeValueException {
        List<Attribute> settings = new ArrayList<>();
        BreakerMode mode = breaker.snapshot().mode();
        BreakerMode wanted = mode;
        for (Attribute attribute : attributes) {
            if (BreakerAttributes.MODE.equals(attribute.getName())) {
                wanted = mode(attribute.getValue());
            } else {
                settings.add(attribute);
            }
        }
        super.set(settings);
        // writing back the mode that is leaves its reason and its end
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
                                .collect(Collectors.joining(", ")) + " but was "
                        + Text.printable(value)));
    }

    /**
     * Starts the totals shown here from 0. Intentional: the breaker's own go on, since other counters are made of them.
     */
    void resetTotals() {
        zero = breaker.snapshot();
        Message.CHANGED.log(name(), "totals shown in JMX reset", Caller.current());
    }

    // intentional: no lock around the history, since a breaker tells its transitions one at a time
    @Override
    public void accept(CircuitTransition transition) {
        if (history == null) {
            history = new TransitionHistory();
        }
        history.add(transition);
        ObjectName name = objectName();
        if (name != null) {
            Notifications.of(transition, name, cabinet().numbers()).forEach(this::tell);
        }
    }
}
