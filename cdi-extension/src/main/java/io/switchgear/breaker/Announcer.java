package io.switchgear.breaker;

import io.switchgear.CircuitTransition;
import io.switchgear.message.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Tells transitions in the order in which they happened, each once; no listener is called under a lock. Winners of
 * transitions may arrive here in any order; the one that finds nobody telling tells what is next in line, also for
 * those who come meanwhile.
 */
final class Announcer {
    // replaced whole; smaller than any list that copies itself on write
    private volatile List<Consumer<? super CircuitTransition>> listeners = List.of();
    // made with the first transition, as most breakers never have one
    private volatile Map<Long, CircuitTransition> waiting;
    private final AtomicInteger arrivals = new AtomicInteger();
    // guarded by arrivals: only the thread that raised it from 0 tells
    private long told;

    /** Answers what stops it. */
    synchronized Runnable listen(Consumer<? super CircuitTransition> listener) {
        List<Consumer<? super CircuitTransition>> more = new ArrayList<>(listeners);
        more.add(listener);
        listeners = List.copyOf(more);
        return () -> stop(listener);
    }

    private synchronized void stop(Consumer<? super CircuitTransition> listener) {
        List<Consumer<? super CircuitTransition>> fewer = new ArrayList<>(listeners);
        fewer.remove(listener);
        listeners = List.copyOf(fewer);
    }

    void announce(CircuitTransition transition) {
        waiting().put(transition.number(), transition);
        if (arrivals.getAndIncrement() != 0) {
            return;
        }
        int served = 1;
        do {
            tellThoseInLine();
            served = arrivals.addAndGet(-served);
        } while (served != 0);
    }

    private Map<Long, CircuitTransition> waiting() {
        if (waiting == null) {
            synchronized (this) {
                if (waiting == null) {
                    waiting = new ConcurrentHashMap<>(4);
                }
            }
        }
        return waiting;
    }

    private void tellThoseInLine() {
        CircuitTransition next;
        while ((next = waiting.remove(told + 1)) != null) {
            told++;
            for (Consumer<? super CircuitTransition> listener : listeners) {
                tell(listener, next);
            }
        }
    }

    private static void tell(Consumer<? super CircuitTransition> listener, CircuitTransition transition) {
        try {
            listener.accept(transition);
        } catch (RuntimeException | Error failure) {
            Message.LISTENER_FAILED.log(failure, transition.name(), transition);
        }
    }
}
