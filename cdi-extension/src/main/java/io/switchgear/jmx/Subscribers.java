// SPDX-License-Identifier: Apache-2.0
package io.switchgear.jmx;

import io.switchgear.event.BoundedQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import javax.management.ListenerNotFoundException;
import javax.management.Notification;
import javax.management.NotificationFilter;
import javax.management.NotificationListener;
import javax.management.ObjectName;

/**
 * The subscribers of the notifications of one MBean. Each has its own queue, as it may belong to another application,
 * and may block or throw.
 *
 * <p>Intentional: not {@link javax.management.NotificationBroadcasterSupport}. With it, an {@code Error} of one
 * listener or filter prevents the others from being notified.
 */
final class Subscribers {
    static final int MAX_WAITING = 1_000;

    /** A subscription. Its filter is foreign code too, so it is called where the listener is. */
    private final class Subscription extends BoundedQueue<Notification> {
        private final NotificationListener listener;
        private final NotificationFilter filter;
        private final Object handback;

        Subscription(NotificationListener listener, NotificationFilter filter, Object handback) {
            super("a JMX listener of " + source, MAX_WAITING, threads);
            this.listener = listener;
            this.filter = filter;
            this.handback = handback;
            add(this::receive);
        }

        private void receive(Notification notification) {
            if (filter == null || filter.isNotificationEnabled(notification)) {
                listener.handleNotification(notification, handback);
            }
        }

        @Override
        protected void dropped() {
            onDrop.run();
        }
    }

    private final ObjectName source;
    private final Executor threads;
    private final Runnable onDrop;
    // replaced as a whole
    private volatile List<Subscription> all = List.of();

    /**
     * Creates an empty set.
     *
     * @param source the MBean
     * @param threads provides the threads of deliveries
     * @param onDrop called for each notification that is dropped
     */
    Subscribers(ObjectName source, Executor threads, Runnable onDrop) {
        this.source = source;
        this.threads = threads;
        this.onDrop = onDrop;
    }

    /** Adds a notification for each subscriber; {@link #deliver} delivers it. */
    void enqueue(Notification notification) {
        all.forEach(each -> each.enqueue(notification));
    }

    void deliver() {
        all.forEach(Subscription::deliver);
    }

    /** Drops the notifications that wait, and all further ones. */
    void close() {
        for (Subscription each : all) {
            each.close();
        }
    }

    synchronized void add(NotificationListener listener, NotificationFilter filter, Object handback) {
        if (listener == null) {
            throw new IllegalArgumentException("the listener must not be null");
        }
        List<Subscription> more = new ArrayList<>(all);
        more.add(new Subscription(listener, filter, handback));
        all = List.copyOf(more);
    }

    /** Removes all subscriptions of a listener. */
    void remove(NotificationListener listener) throws ListenerNotFoundException {
        remove(each -> each.listener == listener, Integer.MAX_VALUE);
    }

    /** Removes one subscription, which was made with these very objects. */
    void remove(NotificationListener listener, NotificationFilter filter, Object handback)
            throws ListenerNotFoundException {
        remove(each -> each.listener == listener && each.filter == filter && each.handback == handback, 1);
    }

    private synchronized void remove(Predicate<Subscription> which, int max) throws ListenerNotFoundException {
        List<Subscription> removed = all.stream().filter(which).limit(max).toList();
        if (removed.isEmpty()) {
            throw new ListenerNotFoundException("the listener is not registered");
        }
        all = all.stream().filter(each -> !removed.contains(each)).toList();
        removed.forEach(Subscription::close);
    }
}
