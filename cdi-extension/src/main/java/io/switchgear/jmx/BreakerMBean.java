package io.switchgear.jmx;

import io.switchgear.CircuitBreaker;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.DynamicMBean;
import javax.management.InvalidAttributeValueException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.ReflectionException;

/** A breaker as consoles see it. Nothing that is asked or sent can do more than its description says. */
final class BreakerMBean implements DynamicMBean {
    private static final MBeanInfo INFO = new MBeanInfo(
            BreakerMBean.class.getName(),
            "A circuit breaker. What is writable can be changed at any time and takes effect on the next call.",
            BreakerAttributes.ALL.values().stream().map(BreakerAttribute::info).toArray(MBeanAttributeInfo[]::new),
            null,
            Arrays.stream(BreakerOperation.values()).map(BreakerOperation::info).toArray(MBeanOperationInfo[]::new),
            null);

    private final CircuitBreaker breaker;
    private final Tuning tuning;

    BreakerMBean(CircuitBreaker breaker) {
        this.breaker = breaker;
        this.tuning = new Tuning(breaker);
    }

    @Override
    public MBeanInfo getMBeanInfo() {
        return INFO;
    }

    // ---- reading

    @Override
    public Object getAttribute(String name) throws AttributeNotFoundException {
        return attribute(name).value().apply(view());
    }

    @Override
    public AttributeList getAttributes(String[] names) {
        View view = view();
        AttributeList values = new AttributeList();
        for (String name : names) {
            BreakerAttribute attribute = BreakerAttributes.ALL.get(name);
            // as JMX wants it: what is unknown is left out
            if (attribute != null) {
                values.add(new Attribute(name, attribute.value().apply(view)));
            }
        }
        return values;
    }

    private View view() {
        return new View(breaker.snapshot(), breaker.failureRule(), tuning.lastRejectedChange());
    }

    private BreakerAttribute attribute(String name) throws AttributeNotFoundException {
        return Optional.ofNullable(BreakerAttributes.ALL.get(name))
                .orElseThrow(
                        () -> new AttributeNotFoundException("A breaker has no attribute " + Text.printable(name)));
    }

    // ---- writing

    @Override
    public void setAttribute(Attribute attribute) throws AttributeNotFoundException, InvalidAttributeValueException {
        tuning.set(List.of(attribute));
    }

    /**
     * All or nothing. JMX lets this throw nothing: a refusal is an empty list, a log line and
     * {@code LastRejectedChange}.
     */
    @Override
    public AttributeList setAttributes(AttributeList attributes) {
        try {
            tuning.set(attributes.asList());
            return attributes;
        } catch (AttributeNotFoundException | InvalidAttributeValueException refused) {
            return new AttributeList();
        }
    }

    @Override
    public Object invoke(String name, Object[] parameters, String[] signature) throws ReflectionException {
        Object[] given = parameters == null ? new Object[0] : parameters;
        BreakerOperation operation = BreakerOperation.named(name, given.length)
                .orElseThrow(() -> new ReflectionException(new NoSuchMethodException("A breaker has no operation "
                        + Text.printable(name) + " with " + given.length + " parameters")));
        tuning.invoke(operation, given);
        return null;
    }
}
