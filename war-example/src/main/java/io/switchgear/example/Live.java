// SPDX-License-Identifier: Apache-2.0
package io.switchgear.example;

import io.switchgear.CircuitBreakers;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.inject.Inject;
import jakarta.json.bind.Jsonb;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Sends the breakers to all browsers that show the page. It looks at them once a second for all of them together, and
 * whenever one changes.
 *
 * <p>A message is a JSON object. It has {@code breakers}, a {@link BreakerRow} each. Once a second, it has the last
 * {@code second} too, a {@link Second}; a page that receives nothing for some seconds knows that it is cut off. The
 * first message of a stream has the {@code history} instead, the seconds of the last ten minutes.
 */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class Live {
    private static final int MAX_STREAMS = 100;
    private static final int MAX_SECONDS = 600;

    /** Changes within this time are one message, so that a storm of them floods no page. */
    private static final int CHANGES_MILLIS = 100;

    @Inject
    private CircuitBreakers breakers;

    @Inject
    private Board board;

    @Inject
    private Recorder recorder;

    @Inject
    private Jsonb json;

    @Inject
    private Threads threads;

    @Resource
    private ManagedExecutorService executor;

    private final AtomicBoolean changesAreDue = new AtomicBoolean();

    // guarded by this object
    private final List<LiveStream> streams = new ArrayList<>();
    private final Queue<String> seconds = new ArrayDeque<>();

    private ScheduledExecutorService clock;
    private Runnable stopListening;
    private Future<?> ticking;

    @PostConstruct
    void begin() {
        // not asked later, by a thread that cannot call a bean, such as that of a console
        clock = threads.clock();
        stopListening = breakers.listen(transition -> changed());
        ticking = clock.scheduleAtFixedRate(this::sendSecond, 1, 1, TimeUnit.SECONDS);
    }

    @PreDestroy
    void end() {
        stopListening.run();
        ticking.cancel(false);
        List<LiveStream> open;
        synchronized (this) {
            open = List.copyOf(streams);
            streams.clear();
        }
        open.forEach(LiveStream::end);
    }

    /**
     * Begins to send events to a page.
     *
     * @throws TooManyStreamsException if {@value #MAX_STREAMS} streams are open
     */
    public void open(SseEventSink sink, Sse sse) {
        String rows = rows();
        synchronized (this) {
            if (streams.size() == MAX_STREAMS) {
                throw new TooManyStreamsException(MAX_STREAMS);
            }
            LiveStream stream = new LiveStream(sink, sse, executor);
            streams.add(stream);
            stream.send(message("history", "[" + String.join(",", seconds) + "]", rows));
        }
    }

    private void changed() {
        if (changesAreDue.compareAndSet(false, true)) {
            try {
                Future<?> unused = clock.schedule(this::sendChanges, CHANGES_MILLIS, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException closing) {
                // no page is open any more
            }
        }
    }

    private void sendSecond() {
        String second = json.toJson(recorder.look());
        String rows = rows();
        synchronized (this) {
            if (seconds.size() == MAX_SECONDS) {
                seconds.remove();
            }
            seconds.add(second);
            sendToAll(message("second", second, rows));
        }
    }

    private void sendChanges() {
        changesAreDue.set(false);
        String rows = rows();
        synchronized (this) {
            sendToAll("{\"breakers\":" + rows + "}");
        }
    }

    private void sendToAll(String message) {
        streams.removeIf(stream -> !stream.send(message));
    }

    private String rows() {
        return json.toJson(board.rows());
    }

    private static String message(String name, String value, String rows) {
        return "{\"" + name + "\":" + value + ",\"breakers\":" + rows + "}";
    }
}
