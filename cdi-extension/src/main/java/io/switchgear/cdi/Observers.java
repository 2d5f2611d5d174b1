// SPDX-License-Identifier: Apache-2.0
package io.switchgear.cdi;

import io.switchgear.event.Listeners;
import io.switchgear.runtime.ApplicationEvents;
import io.switchgear.status.BreakerAttention;
import io.switchgear.status.CircuitTransition;
import io.switchgear.status.SettingsChange;
import io.switchgear.time.Scheduler;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.EventContext;
import jakarta.enterprise.inject.spi.EventMetadata;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.enterprise.inject.spi.ObserverMethod;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * The observer methods of an application for events of its breakers. Each event is delivered once and in order.
 *
 * <p>Intentional: events are not fired by {@link jakarta.enterprise.event.Event#fire}, for four reasons. It would run
 * observers on the thread of a caller and in its transaction, which a failing observer would roll back. The first
 * observer to fail would prevent the others from being called. Asynchronous observers would have no order. Events that
 * a library in an EAR fires do not reach the beans in its web archives.
 *
 * <p>Instead, observers with {@code @Observes} are called one after the other, by priority, on a thread of the
 * container. Each observer with {@code @ObservesAsync} has its own queue. The cost: Weld has no {@link EventMetadata}
 * for an observer method that is called in this way, and injects null.
 */
final class Observers {
    private static final List<Class<?>> EVENTS =
            List.of(CircuitTransition.class, SettingsChange.class, BreakerAttention.class);

    private record Delivery(Object getEvent, EventMetadata getMetadata) implements EventContext<Object> {}

    private record Metadata(Set<Annotation> getQualifiers, Type getType) implements EventMetadata {
        @Override
        public InjectionPoint getInjectionPoint() {
            return null;
        }
    }

    private final List<ObserverMethod<Object>> found = new ArrayList<>();
    private final List<ObserverQueue> queues = new ArrayList<>();

    /** Adds a method if it observes such events and requires no qualifier. */
    @SuppressWarnings("unchecked") // only what it observes is passed to it
    void add(ObserverMethod<?> method) {
        boolean qualified =
                method.getObservedQualifiers().stream().anyMatch(qualifier -> qualifier.annotationType() != Any.class);
        if (!qualified && EVENTS.stream().anyMatch(event -> observes(method, event))) {
            found.add((ObserverMethod<Object>) method);
        }
    }

    private static boolean observes(ObserverMethod<?> method, Class<?> event) {
        return method.getObservedType() instanceof Class<?> observed && observed.isAssignableFrom(event);
    }

    /**
     * Starts the delivery of events.
     *
     * @param scheduler provides threads and the context of the current thread
     */
    void listen(ApplicationEvents events, BeanManager beanManager, Scheduler scheduler) {
        List<ObserverMethod<Object>> inOrder = found.stream()
                .filter(method -> !method.isAsync())
                .sorted(Comparator.comparingInt(ObserverMethod::getPriority))
                .toList();
        if (!inOrder.isEmpty()) {
            listen("@Observes", inOrder, events, beanManager, scheduler);
        }
        found.stream()
                .filter(ObserverMethod::isAsync)
                .forEach(method -> listen(method.toString(), List.of(method), events, beanManager, scheduler));
    }

    private void listen(
            String observer,
            List<ObserverMethod<Object>> methods,
            ApplicationEvents events,
            BeanManager beanManager,
            Scheduler scheduler) {
        RequestContextController requests = beanManager
                .createInstance()
                .select(RequestContextController.class)
                .get();
        // in the context of the application, not that of the thread that caused the event
        Listeners<Object> guard = new Listeners<>(event -> observer);
        ObserverQueue queue = new ObserverQueue(
                observer,
                event -> notify(methods, event, requests, guard),
                scheduler.threads(),
                scheduler.currentContext());
        queues.add(queue);
        events.listen(queue::enqueue);
    }

    private static void notify(
            List<ObserverMethod<Object>> methods,
            Object event,
            RequestContextController requests,
            Listeners<Object> guard) {
        boolean begun = requests.activate();
        try {
            for (ObserverMethod<Object> method : methods) {
                if (observes(method, event.getClass())) {
                    Delivery delivery =
                            new Delivery(event, new Metadata(Set.of(Any.Literal.INSTANCE), event.getClass()));
                    guard.dispatch(each -> method.notify(delivery), event, method.toString());
                }
            }
        } finally {
            if (begun) {
                requests.deactivate();
            }
        }
    }

    /** Stops the delivery. */
    void stop() {
        for (ObserverQueue queue : queues) {
            queue.close();
        }
    }
}
