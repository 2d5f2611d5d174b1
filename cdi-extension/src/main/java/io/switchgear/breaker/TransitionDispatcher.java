package io.switchgear.breaker;

import io.switchgear.event.Listeners;
import io.switchgear.status.CircuitTransition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.Consumer;

/**
 * Tells transitions in the order in which they happened, each once; no listener is called under a lock. Winners of
 * transitions may arrive here in any order; the one that finds nobody telling tells all that are not yet told, also
 * those that come meanwhile.
 */
final class TransitionDispatcher {
    private static final AtomicIntegerFieldUpdater<TransitionDispatcher> TELLING =
            AtomicIntegerFieldUpdater.newUpdater(TransitionDispatcher.class, "telling");

    // replaced whole; smaller than any list that copies itself on write
    private volatile List<Consumer<? super CircuitTransition>> listeners = List.of();
    // 1 while somebody is telling
    private volatile int telling;
    // written only by who is telling
    private volatile TransitionNode told;

    /** Answers what stops it. */
    synchronized Runnable listen(Consumer<? super CircuitTransition> listener) {
        List<Consumer<? super CircuitTransition>> more = new ArrayList<>(listeners);
        more.add(listener);
        listeners = List.copyOf(more);
        return Listeners.once(() -> stop(listener));
    }

    private synchronized void stop(Consumer<? super CircuitTransition> listener) {
        List<Consumer<? super CircuitTransition>> fewer = new ArrayList<>(listeners);
        fewer.remove(listener);
        listeners = List.copyOf(fewer);
    }

    /** Tells what is not yet told. Who finds somebody telling may go: that one looks again before it goes. */
    void tell(Circuit circuit) {
        while (circuit.news() != told && telling == 0 && TELLING.compareAndSet(this, 0, 1)) {
            try {
                tellUpTo(circuit.news());
            } finally {
                telling = 0;
            }
        }
    }

    private void tellUpTo(TransitionNode latest) {
        Deque<TransitionNode> line = new ArrayDeque<>();
        for (TransitionNode news = latest; news != null && news != told; news = news.previous()) {
            line.push(news);
        }
        for (TransitionNode next : line) {
            next.cut();
            told = next;
            for (Consumer<? super CircuitTransition> listener : listeners) {
                Listeners.tell(listener, next.transition, next.transition.name());
            }
        }
    }
}
