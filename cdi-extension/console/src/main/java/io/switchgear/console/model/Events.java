// SPDX-License-Identifier: Apache-2.0
package io.switchgear.console.model;

import io.switchgear.console.model.View.Event;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.management.JMException;
import javax.management.JMRuntimeException;
import javax.management.ListenerNotFoundException;
import javax.management.MBeanServerConnection;
import javax.management.Notification;
import javax.management.NotificationListener;
import javax.management.ObjectName;

/** Receives the notifications of all applications, so that nothing is missed between two polls. */
final class Events {
    private static final int KEPT = 500;
    private static final String OPEN = "io.switchgear.state.open";
    private final Deque<Event> newestFirst = new ArrayDeque<>();
    private final Set<ObjectName> subscribed = new HashSet<>();
    private final NotificationListener listener;

    /**
     * Creates the events.
     *
     * @param arrived called on a foreign thread after each notification
     */
    Events(Runnable arrived) {
        listener = (notification, handback) -> {
            add(notification);
            arrived.run();
        };
    }

    private synchronized void add(Notification notification) {
        newestFirst.addFirst(new Event(
                Instant.ofEpochMilli(notification.getTimeStamp()),
                Text.line(notification.getMessage()),
                OPEN.equals(notification.getType())));
        if (newestFirst.size() > KEPT) {
            newestFirst.removeLast();
        }
    }

    synchronized List<Event> newestFirst() {
        return List.copyOf(newestFirst);
    }

    /** Subscribes to applications that are new. */
    void follow(MBeanServerConnection server, Set<ObjectName> applications) throws IOException {
        subscribed.retainAll(applications);
        for (ObjectName application : applications) {
            if (subscribed.add(application)) {
                try {
                    server.addNotificationListener(application, listener, null, null);
                } catch (JMException | JMRuntimeException | IllegalArgumentException notPossible) {
                    // not allowed, or the MBean sends none: polls show the same a second later
                }
            }
        }
    }

    /** Forgets the subscriptions, as the connection that they were made on is gone. */
    void lost() {
        subscribed.clear();
    }

    void close(MBeanServerConnection server) {
        for (ObjectName application : subscribed) {
            try {
                server.removeNotificationListener(application, listener);
            } catch (ListenerNotFoundException | JMRuntimeException gone) {
                // so is the listener
            } catch (JMException | IOException gone) {
                return;
            }
        }
        subscribed.clear();
    }
}
