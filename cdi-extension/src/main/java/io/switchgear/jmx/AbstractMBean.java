package io.switchgear.jmx;

import io.switchgear.message.Message;
import io.switchgear.message.Text;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.DynamicMBean;
import javax.management.InvalidAttributeValueException;
import javax.management.ListenerNotFoundException;
import javax.management.MBeanInfo;
import javax.management.MBeanNotificationInfo;
import javax.management.Notification;
import javax.management.NotificationBroadcasterSupport;
import javax.management.NotificationEmitter;
import javax.management.NotificationFilter;
import javax.management.NotificationListener;
import javax.management.ObjectName;
import javax.management.ReflectionException;

/**
 * An MBean. Nothing that is asked or sent can do more than its description says, and what is refused is refused with a
 * sentence, kept, logged and sent to those who subscribe.
 *
 * @param <V> what attributes are read from
 * @param <T> what operations are done to
 */
abstract class AbstractMBean<V, T> implements DynamicMBean, NotificationEmitter {
    private final MBeanContext cabinet;
    private final MBeanModel<V, T> vocabulary;
    private volatile ObjectName objectName;
    private volatile String lastRejectedChange = "";
    // made with the first subscription, as most MBeans never have one
    private volatile NotificationBroadcasterSupport subscribers;

    AbstractMBean(MBeanContext cabinet, MBeanModel<V, T> vocabulary) {
        this.cabinet = cabinet;
        this.vocabulary = vocabulary;
    }

    /** What is there to see at this moment. */
    abstract V view();

    /** What operations are done to. */
    abstract T target();

    /** Sets attributes that may be written, all or none. */
    abstract void set(List<Attribute> attributes) throws AttributeNotFoundException, InvalidAttributeValueException;

    /** What it is called in messages. */
    abstract String name();

    /** What it is called where others of its name are told of too. */
    String label() {
        return name();
    }

    final MBeanContext cabinet() {
        return cabinet;
    }

    final MBeanModel<V, T> vocabulary() {
        return vocabulary;
    }

    final String lastRejectedChange() {
        return lastRejectedChange;
    }

    /** What it is registered as. */
    final ObjectName objectName() {
        return objectName;
    }

    final void registeredAs(ObjectName name) {
        objectName = name;
    }

    // ---- reading

    @Override
    public final MBeanInfo getMBeanInfo() {
        return cabinet.info(vocabulary);
    }

    @Override
    public final Object getAttribute(String name) throws AttributeNotFoundException {
        return Optional.ofNullable(vocabulary.attributes().get(name))
                .orElseThrow(() ->
                        new AttributeNotFoundException(vocabulary.kind() + " has no attribute " + Text.printable(name)))
                .value()
                .apply(view());
    }

    @Override
    public final AttributeList getAttributes(String[] names) {
        V view = view();
        AttributeList values = new AttributeList();
        for (String name : new LinkedHashSet<>(Arrays.asList(names))) {
            MBeanAttribute<V> attribute = vocabulary.attributes().get(name);
            // as JMX wants it: what is unknown is left out
            if (attribute != null) {
                values.add(new Attribute(name, attribute.value().apply(view)));
            }
        }
        return values;
    }

    // ---- writing

    @Override
    public final void setAttribute(Attribute attribute)
            throws AttributeNotFoundException, InvalidAttributeValueException {
        change(List.of(attribute));
    }

    /**
     * All or nothing. JMX lets this throw nothing: a refusal is an empty list, a log line, a notification and
     * {@code LastRejectedChange}.
     */
    @Override
    public final AttributeList setAttributes(AttributeList attributes) {
        try {
            change(attributes.asList());
            return attributes;
        } catch (AttributeNotFoundException | InvalidAttributeValueException refused) {
            return new AttributeList();
        }
    }

    private void change(List<Attribute> attributes) throws AttributeNotFoundException, InvalidAttributeValueException {
        try {
            if (!cabinet.writable()) {
                throw new InvalidAttributeValueException(MBeanContext.READ_ONLY);
            }
            set(attributes);
        } catch (AttributeNotFoundException | InvalidAttributeValueException refused) {
            refused(refused.getMessage());
            throw refused;
        }
    }

    @Override
    public final Object invoke(String name, Object[] parameters, String[] signature) throws ReflectionException {
        Object[] given = parameters == null ? new Object[0] : parameters;
        MBeanOperation<T> operation = vocabulary
                .operation(name, given.length)
                .orElseThrow(() -> new ReflectionException(new NoSuchMethodException(vocabulary.kind()
                        + " has no operation " + Text.printable(name) + " with " + given.length + " parameters")));
        try {
            if (operation.changesSomething() && !cabinet.writable()) {
                throw new IllegalStateException(MBeanContext.READ_ONLY);
            }
            return operation.on(target(), given);
        } catch (IllegalArgumentException | IllegalStateException refused) {
            refused(refused.getMessage());
            throw refused;
        }
    }

    /** Keeps and tells why something was not done. */
    final void refused(String why) {
        String who = Caller.current();
        lastRejectedChange = Instant.now().truncatedTo(ChronoUnit.SECONDS) + " " + why + ", by " + who;
        Message.CHANGE_REFUSED.log(label(), who, why);
        if (objectName != null) {
            tell(Notifications.refusal(objectName, cabinet.numbers(), label() + ": refused: " + why + ", by " + who));
        }
    }

    // ---- telling

    /** Sends to those who subscribed here; or also elsewhere. */
    void tell(Notification notice) {
        NotificationBroadcasterSupport present = subscribers;
        if (present != null) {
            present.sendNotification(notice);
        }
    }

    private synchronized NotificationBroadcasterSupport subscribers() {
        if (subscribers == null) {
            subscribers = new NotificationBroadcasterSupport();
        }
        return subscribers;
    }

    @Override
    public final void addNotificationListener(
            NotificationListener listener, NotificationFilter filter, Object handback) {
        subscribers().addNotificationListener(listener, filter, handback);
    }

    @Override
    public final void removeNotificationListener(NotificationListener listener) throws ListenerNotFoundException {
        subscribers().removeNotificationListener(listener);
    }

    @Override
    public final void removeNotificationListener(
            NotificationListener listener, NotificationFilter filter, Object handback)
            throws ListenerNotFoundException {
        subscribers().removeNotificationListener(listener, filter, handback);
    }

    @Override
    public final MBeanNotificationInfo[] getNotificationInfo() {
        return Notifications.INFO.toArray(MBeanNotificationInfo[]::new);
    }
}
