// SPDX-License-Identifier: Apache-2.0
package io.switchgear.event;

import io.switchgear.message.LogLimit;
import io.switchgear.message.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;

/** A set of listeners. An exception of one of them is logged, and the others are still called. */
public class Listeners<E> {
    private final Function<? super E, String> subject;
    // replaced as a whole: smaller than a CopyOnWriteArrayList
    private volatile List<Consumer<? super E>> all = List.of();
    // created with the first failure, as most listeners never fail
    private LogLimit failures;

    /** @param subject returns the subject of an event, for the log */
    public Listeners(Function<? super E, String> subject) {
        this.subject = subject;
    }

    /** Adds a listener. Returns a handle that removes it; further calls of the handle do nothing. */
    public final synchronized Runnable add(Consumer<? super E> listener) {
        List<Consumer<? super E>> more = new ArrayList<>(all);
        more.add(listener);
        all = List.copyOf(more);
        // otherwise a second call would remove another registration of the same listener
        AtomicBoolean removed = new AtomicBoolean();
        return () -> {
            if (removed.compareAndSet(false, true)) {
                remove(listener);
            }
        };
    }

    private synchronized void remove(Consumer<? super E> listener) {
        List<Consumer<? super E>> fewer = new ArrayList<>(all);
        fewer.remove(listener);
        all = List.copyOf(fewer);
    }

    /** Calls all listeners on this thread. */
    public final void dispatch(E event) {
        for (Consumer<? super E> listener : all) {
            dispatch(listener, event, subject.apply(event));
        }
    }

    /**
     * Calls one listener. A failure is logged, unless there are very many.
     *
     * @param subject the subject of the event, for the log
     */
    public final void dispatch(Consumer<? super E> listener, E event, String subject) {
        try {
            listener.accept(event);
        } catch (Throwable failure) {
            // checked exceptions too, as some languages throw them undeclared
            failures().log(failure, Message.LISTENER_FAILED, subject, event);
        }
    }

    private synchronized LogLimit failures() {
        if (failures == null) {
            failures = new LogLimit();
        }
        return failures;
    }
}
