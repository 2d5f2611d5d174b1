// SPDX-License-Identifier: Apache-2.0
package io.switchgear.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.message.RecordedLog;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ObserverQueueTest {
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final List<Object> delivered = new ArrayList<>();
    private final ObserverQueue queue = new ObserverQueue("the pager", delivered::add, tasks::add, Runnable::run);

    private void work() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    @Test
    void whatIsPutInIsDeliveredInOrderByOneTaskAtATime() {
        queue.enqueue(1);
        queue.enqueue(2);
        assertThat(tasks).hasSize(1);
        assertThat(delivered).isEmpty();
        work();
        queue.enqueue(3);
        work();
        assertThat(delivered).containsExactly(1, 2, 3);
    }

    @Test
    void whatIsPutInDuringADeliveryIsDeliveredToo() {
        List<Object> got = new ArrayList<>();
        ObserverQueue[] self = new ObserverQueue[1];
        self[0] = new ObserverQueue(
                "the pager",
                event -> {
                    got.add(event);
                    if (event.equals(1)) {
                        self[0].enqueue(2);
                    }
                },
                tasks::add,
                Runnable::run);
        self[0].enqueue(1);
        work();
        assertThat(got).containsExactly(1, 2);
    }

    @Test
    void aDeliveryThatThrowsDoesNotPreventTheNext() {
        List<Object> got = new ArrayList<>();
        ObserverQueue fragile = new ObserverQueue(
                "the pager",
                event -> {
                    got.add(event);
                    if (event.equals(1)) {
                        throw new IllegalStateException("broken");
                    }
                },
                tasks::add,
                Runnable::run);
        fragile.enqueue(1);
        fragile.enqueue(2);
        work();
        assertThat(got).containsExactly(1, 2);
    }

    @Test
    void whatDoesNotFitIsLeftOutAndItsNumberIsLogged() {
        try (RecordedLog log = new RecordedLog()) {
            IntStream.range(0, 10_003).forEach(queue::enqueue);
            assertThat(log.lines())
                    .containsExactly("WARNING SGR0030: the pager is 10000 events behind; further events are"
                            + " dropped for it until it has caught up");
            work();
            assertThat(delivered).hasSize(10_000).endsWith(9_999);
            assertThat(log.lines()).last().isEqualTo("WARNING SGR0031: the pager has caught up, but missed 3 events");
            queue.enqueue("again");
            work();
            assertThat(delivered).endsWith("again");
            assertThat(log.lines()).hasSize(2);
        }
    }

    @Test
    void aClosedOneDeliversNothingMore() {
        queue.enqueue(1);
        queue.close();
        work();
        queue.enqueue(2);
        work();
        assertThat(delivered).isEmpty();
        assertThat(tasks).isEmpty();
    }

    @Test
    void whatIsRefusedOnceIsDeliveredWithTheNextAndTheLogSaysSo() {
        boolean[] refuses = {true};
        Executor refusing = task -> {
            if (refuses[0]) {
                throw new RejectedExecutionException("the queue is full");
            }
            tasks.add(task);
        };
        for (ObserverQueue full : List.of(
                new ObserverQueue("the pager", delivered::add, refusing, Runnable::run),
                new ObserverQueue("the chat", delivered::add, Runnable::run, refusing))) {
            try (RecordedLog log = new RecordedLog()) {
                delivered.clear();
                refuses[0] = true;
                full.enqueue(1);
                full.enqueue(2);
                assertThat(delivered).isEmpty();
                assertThat(log.lines()).singleElement().asString().contains("SGR0035: the ", " could not be notified");
                refuses[0] = false;
                full.enqueue(3);
                work();
                assertThat(delivered).containsExactly(1, 2, 3);
            }
        }
    }

    @Test
    void whatIsRefusedWhenItIsClosedIsNotWorthALine() {
        ObserverQueue[] late = new ObserverQueue[1];
        late[0] = new ObserverQueue(
                "the pager",
                delivered::add,
                task -> {
                    late[0].close();
                    throw new RejectedExecutionException("the application ends");
                },
                Runnable::run);
        try (RecordedLog log = new RecordedLog()) {
            late[0].enqueue(1);
            assertThat(log.lines()).isEmpty();
        }
        assertThat(delivered).isEmpty();
    }
}
