// SPDX-License-Identifier: Apache-2.0
package io.switchgear.example;

import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * The stream of messages to one page, in order and one at a time. A page that does not read holds up no other: its
 * messages wait here, and when too many wait, the stream ends.
 */
final class LiveStream {
    /** What a page that does not read costs; about ten seconds. */
    private static final int MAX_WAITING = 10;

    private final SseEventSink sink;
    private final Sse sse;
    private final Executor executor;
    private final Queue<String> waiting = new ArrayDeque<>();
    private boolean sending;
    private boolean over;

    /** @param executor runs what sends and ends */
    LiveStream(SseEventSink sink, Sse sse, Executor executor) {
        this.sink = sink;
        this.sse = sse;
        this.executor = executor;
    }

    /**
     * Sends a message after those that wait.
     *
     * @return whether the stream goes on
     */
    boolean send(String message) {
        boolean idle;
        synchronized (this) {
            over |= sink.isClosed() || waiting.size() == MAX_WAITING;
            waiting.add(message);
            idle = !sending || over;
            sending = true;
        }
        if (idle) {
            try {
                // not here: some servers write, and close, on this thread
                executor.execute(over() ? this::end : this::sendNext);
            } catch (RejectedExecutionException closing) {
                end();
            }
        }
        return !over();
    }

    private void sendNext() {
        String next;
        synchronized (this) {
            next = over ? null : waiting.poll();
            sending = next != null;
        }
        if (next != null) {
            written(next).whenComplete((written, failure) -> {
                if (failure == null) {
                    sendNext();
                } else {
                    end();
                }
            });
        }
    }

    private CompletionStage<?> written(String message) {
        return sink.send(sse.newEvent(message));
    }

    private synchronized boolean over() {
        return over;
    }

    /** Ends the stream. Messages that wait are lost. */
    void end() {
        synchronized (this) {
            over = true;
            waiting.clear();
        }
        try {
            sink.close();
        } catch (Exception gone) {
            // Jakarta EE 11 declares an IOException, 10 does not: then the connection is closed already
        }
    }
}
