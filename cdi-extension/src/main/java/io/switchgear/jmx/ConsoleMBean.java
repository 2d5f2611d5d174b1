// SPDX-License-Identifier: Apache-2.0
package io.switchgear.jmx;

import io.switchgear.message.Message;
import io.switchgear.message.Text;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.DynamicMBean;
import javax.management.InvalidAttributeValueException;
import javax.management.ListenerNotFoundException;
import javax.management.MBeanInfo;
import javax.management.MBeanNotificationInfo;
import javax.management.MBeanRegistration;
import javax.management.MBeanServer;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationFilter;
import javax.management.NotificationListener;
import javax.management.ObjectName;
import javax.management.ReflectionException;

/**
 * An MBean that applies a model to a resource. A request can do no more than its description says. A refused request
 * fails with a sentence, which is also kept, logged and sent to subscribers.
 *
 * @param <R> the target of operations
 * @param <V> the source of attributes
 */
final class ConsoleMBean<R extends ManagedResource<V>, V>
        implements DynamicMBean, NotificationEmitter, MBeanRegistration {
    private final MBeanContext context;
    private final MBeanModel<R, V> model;
    private final R resource;
    // also sends each notification of this MBean; null if there is none
    private final ConsoleMBean<?, ?> parent;
    private volatile ObjectName objectName;
    private volatile boolean leaving;
    private volatile boolean absent;
    private volatile String lastRefusedChange = "";
    // created with the first subscription, as most MBeans never have one
    private volatile Subscribers subscribers;

    ConsoleMBean(MBeanContext context, MBeanModel<R, V> model, R resource, ConsoleMBean<?, ?> parent) {
        this.context = context;
        this.model = model;
        this.resource = resource;
        this.parent = parent;
    }

    R resource() {
        return resource;
    }

    /** Returns the name of the registered MBean; {@code null} before its registration. */
    ObjectName objectName() {
        return objectName;
    }

    // ---- registration

    @Override
    public ObjectName preRegister(MBeanServer server, ObjectName name) {
        return name;
    }

    void registeredAs(ObjectName name) {
        objectName = name;
    }

    @Override
    public void postRegister(Boolean done) {
        // intentional: done may be false although it is registered, after an error of a listener of the server
    }

    @Override
    public void preDeregister() {
        // intentional: not refused, as the next deployment removes what an earlier one left behind
    }

    @Override
    public void postDeregister() {
        absent = true;
        if (!leaving) {
            context.removals().log(Message.MBEAN_GONE, objectName);
        }
    }

    /** Must be called before this library unregisters this MBean. Any other removal is logged. */
    void leaves() {
        leaving = true;
    }

    /** Returns whether it has been unregistered. */
    boolean isAbsent() {
        return absent;
    }

    // ---- reading

    private V view() {
        return resource.view(lastRefusedChange);
    }

    @Override
    public MBeanInfo getMBeanInfo() {
        return context.info(model, ConsoleMBean.class);
    }

    @Override
    public Object getAttribute(String name) throws AttributeNotFoundException {
        return model.attribute(name)
                .orElseThrow(() -> new AttributeNotFoundException(
                        capitalized(model.kind()) + " has no attribute " + Text.printable(name)))
                .value()
                .apply(view());
    }

    @Override
    public AttributeList getAttributes(String[] names) {
        V view = view();
        AttributeList values = new AttributeList();
        for (String name : new LinkedHashSet<>(Arrays.asList(names))) {
            Optional<MBeanAttribute<V>> attribute = model.attribute(name);
            // as JMX specifies it: unknown attributes are left out
            attribute.ifPresent(
                    known -> values.add(new Attribute(name, known.value().apply(view))));
        }
        return values;
    }

    // ---- writing

    @Override
    public void setAttribute(Attribute attribute) throws AttributeNotFoundException, InvalidAttributeValueException {
        change(List.of(attribute));
    }

    /**
     * Sets all attributes or none. JMX does not let this method throw: a refusal returns an empty list and is reported
     * by a log line, a notification and {@code LastRefusedChange}.
     */
    @Override
    public AttributeList setAttributes(AttributeList attributes) {
        try {
            change(attributes.asList());
            return attributes;
        } catch (AttributeNotFoundException | InvalidAttributeValueException refused) {
            return new AttributeList();
        }
    }

    private void change(List<Attribute> attributes) throws AttributeNotFoundException, InvalidAttributeValueException {
        String author = Caller.current();
        try {
            String refusal = context.refusal(author);
            if (refusal != null) {
                throw new InvalidAttributeValueException(refusal);
            }
            for (Attribute attribute : attributes) {
                model.checkWritable(attribute.getName(), Text.printable(attribute.getName()));
            }
            resource.set(attributes);
            context.changed(author);
        } catch (AttributeNotFoundException | InvalidAttributeValueException refused) {
            refused(refused.getMessage(), author);
            throw refused;
        }
    }

    @Override
    public Object invoke(String name, Object[] parameters, String[] signature) throws ReflectionException {
        Object[] given = parameters == null ? new Object[0] : parameters;
        MBeanOperation<R> operation = model.operation(name, given.length)
                .orElseThrow(() -> new ReflectionException(
                        new NoSuchMethodException(capitalized(model.kind()) + " has no operation "
                                + Text.printable(name) + " with " + Text.count(given.length, "parameter"))));
        String author = Caller.current();
        try {
            String refusal = operation.changesSomething() ? context.refusal(author) : null;
            if (refusal != null) {
                throw new IllegalStateException(refusal);
            }
            Object result = operation.on(resource, given);
            if (operation.changesSomething()) {
                context.changed(author);
            }
            return result;
        } catch (IllegalArgumentException | IllegalStateException refused) {
            refused(refused.getMessage(), author);
            throw refused;
        }
    }

    private static String capitalized(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    /** Keeps, logs and sends the reason of a refusal. */
    private void refused(String why, String author) {
        String label = resource.label();
        lastRefusedChange = Instant.now().truncatedTo(ChronoUnit.SECONDS) + " " + why + ", by " + author;
        context.refusals(author).log(Message.CHANGE_REFUSED, label, author, why);
        send((name, numbers) ->
                List.of(Notifications.refusal(name, numbers, label + ": refused: " + why + ", by " + author)));
    }

    // ---- notifications

    /**
     * Sends notifications to the subscribers of this MBean and its parent, without waiting for them. Does nothing
     * before the registration.
     */
    void send(BiFunction<ObjectName, LongSupplier, List<Notification>> notifications) {
        ObjectName name = objectName;
        if (name == null || !hasSubscribers()) {
            return;
        }
        // so that all subscribers receive rising numbers
        synchronized (context) {
            List<Notification> sent = notifications.apply(name, context.numbers());
            toSubscribers(present -> sent.forEach(present::enqueue));
            if (parent != null && parent.hasSubscribers()) {
                // with the parent as the source: clients of some connectors find their listeners by it
                Iterator<Notification> numbered = sent.iterator();
                List<Notification> relayed = notifications.apply(
                        parent.objectName, () -> numbered.next().getSequenceNumber());
                parent.toSubscribers(present -> relayed.forEach(present::enqueue));
            }
        }
        toSubscribers(Subscribers::deliver);
        if (parent != null) {
            parent.toSubscribers(Subscribers::deliver);
        }
    }

    /** Returns whether this MBean or its parent has had a subscriber. */
    private boolean hasSubscribers() {
        return subscribers != null || (parent != null && parent.hasSubscribers());
    }

    private void toSubscribers(Consumer<Subscribers> action) {
        Subscribers present = subscribers;
        if (present != null) {
            action.accept(present);
        }
    }

    /** Sends nothing more. */
    void close() {
        objectName = null;
        Subscribers present = subscribers;
        if (present != null) {
            present.close();
        }
    }

    private synchronized Subscribers subscribers() {
        if (subscribers == null) {
            Tables.initialize();
            subscribers = new Subscribers(objectName, context.threads(), context::dropped);
        }
        return subscribers;
    }

    @Override
    public void addNotificationListener(NotificationListener listener, NotificationFilter filter, Object handback) {
        subscribers().add(listener, filter, handback);
    }

    @Override
    public void removeNotificationListener(NotificationListener listener) throws ListenerNotFoundException {
        subscribers().remove(listener);
    }

    @Override
    public void removeNotificationListener(NotificationListener listener, NotificationFilter filter, Object handback)
            throws ListenerNotFoundException {
        subscribers().remove(listener, filter, handback);
    }

    @Override
    public MBeanNotificationInfo[] getNotificationInfo() {
        return Notifications.INFO.toArray(MBeanNotificationInfo[]::new);
    }
}
