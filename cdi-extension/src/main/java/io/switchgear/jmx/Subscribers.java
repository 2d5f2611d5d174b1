// SPDX-License-Identifier: Apache-2.0
package io.switchgear.jmx;

import io.switchgear.event.Listeners;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javax.management.ListenerNotFoundException;
import javax.management.Notification;
import javax.management.NotificationFilter;
import javax.management.NotificationListener;

/**
 * The subscribers of the notifications of one MBean.
 *
 * <p>Intentional: not {@link javax.management.NotificationBroadcasterSupport}. With it, an {@code Error} of one
 * listener or filter prevents the others from being notified.
 */
final class Subscribers extends Listeners<Notification> {
    /** A subscription. Intentional: not a record, as two that are equal are still two. */
    private static final class Subscription implements Consumer<Notification> {
        private final NotificationListener listener;
        private final NotificationFilter filter;
        private final Object handback;

        Subscription(NotificationListener listener, NotificationFilter filter, Object handback) {
            this.listener = listener;
            this.filter = filter;
            this.handback = handback;
        }

        @Override
        public void accept(Notification notification) {
            if (filter == null || filter.isNotificationEnabled(notification)) {
                listener.handleNotification(notification, handback);
            }
        }
    }

    private final Map<Subscription, Runnable> removals = new LinkedHashMap<>();

    Subscribers() {
        super(notification -> String.valueOf(notification.getSource()));
    }

    synchronized void add(NotificationListener listener, NotificationFilter filter, Object handback) {
        if (listener == null) {
            throw new IllegalArgumentException("the listener must not be null");
        }
        Subscription subscription = new Subscription(listener, filter, handback);
        removals.put(subscription, add(subscription));
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
        List<Subscription> removed =
                removals.keySet().stream().filter(which).limit(max).toList();
        if (removed.isEmpty()) {
            throw new ListenerNotFoundException("the listener is not registered");
        }
        removed.forEach(each -> removals.remove(each).run());
    }
}
