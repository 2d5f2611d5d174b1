package io.switchgear.jmx;

import io.switchgear.CircuitBreaker;
import io.switchgear.CircuitTransition;
import io.switchgear.Snapshot;
import io.switchgear.message.Message;
import io.switchgear.message.Throttle;
import java.util.List;
import java.util.function.Consumer;
import javax.management.Attribute;
import javax.management.AttributeNotFoundException;
import javax.management.InvalidAttributeValueException;
import javax.management.MBeanInfo;
import javax.management.Notification;
import javax.management.ObjectName;

/** A breaker as consoles see it. */
final class BreakerMBean extends Face<View, BreakerMBean> implements Consumer<CircuitTransition> {
    static final Vocabulary<View, BreakerMBean> VOCABULARY = Vocabulary.of(
            "A breaker",
            BreakerMBean.class,
            "A circuit breaker. What is writable can be changed at any time and takes effect on the next call.",
            BreakerAttributes.all(),
            BreakerOperations.ALL);

    private final CircuitBreaker breaker;
    private final Origin origin;
    private volatile Snapshot zero;
    // made with the first transition, as most breakers never have one
    private volatile History history;
    private Throttle throttle;

    BreakerMBean(Cabinet cabinet, CircuitBreaker breaker, Origin origin) {
        super(cabinet, VOCABULARY);
        this.breaker = breaker;
        this.origin = origin;
    }

    CircuitBreaker breaker() {
        return breaker;
    }

    @Override
    public MBeanInfo getMBeanInfo() {
        return cabinet().breakerInfo();
    }

    @Override
    String name() {
        return breaker.name();
    }

    @Override
    BreakerMBean target() {
        return this;
    }

    @Override
    View view() {
        History told = history;
        return new View(
                breaker.snapshot(),
                zero,
                breaker.failureRule(),
                breaker.configuredSettings(),
                origin,
                told == null ? List.of() : told.newestFirst(),
                lastRejectedChange());
    }

    Tuning tuning() {
        return new Tuning(breaker, cabinet().saved());
    }

    @Override
    void set(List<Attribute> attributes) throws AttributeNotFoundException, InvalidAttributeValueException {
        tuning().set(attributes);
    }

    /**
     * Starts the totals shown here from 0. Intentional: the breaker's own go on, since other counters are made of them.
     */
    void resetTotals() {
        zero = breaker.snapshot();
        Message.CHANGED.log(name(), "totals shown in JMX reset", Caller.current());
    }

    // intentional: no lock around history and throttle, since a breaker tells its transitions one at a time
    @Override
    public void accept(CircuitTransition transition) {
        if (history == null) {
            history = new History();
            throttle = new Throttle();
        }
        history.add(transition);
        ObjectName name = objectName();
        if (name != null && throttle.admits(transition)) {
            Notices.of(transition, name, cabinet().numbers(), throttle.leftOut())
                    .forEach(this::tell);
        }
    }

    @Override
    void tell(Notification notice) {
        super.tell(notice);
        cabinet().tell(notice);
    }
}
