// SPDX-License-Identifier: Apache-2.0
package io.switchgear.example;

import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * The stream of messages to one page, in order and one at a time. A page that does not read holds up no other: its
 * messages wait here, and when too many wait, they are discarded and the stream ends, as soon as the page reads or the
 * server gives it up.
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
            waiting.add(message);
            if (over || sink.isClosed() || waiting.size() > MAX_WAITING) {
                discard();
            }
            idle = !sending;
            sending = true;
        }
        if (idle) {
            execute(this::sendNext);
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
                if (failure != null) {
                    discard();
                }
                sendNext();
            });
        } else if (over()) {
            execute(this::close);
        }
    }

    private CompletionStage<?> written(String message) {
        try {
            return sink.send(sse.newEvent(message));
        } catch (RuntimeException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    private synchronized boolean over() {
        return over;
    }

    private synchronized void discard() {
        over = true;
        waiting.clear();
    }

    /**
     * Ends the stream. Messages that wait are lost. While one is being written, the stream is not closed but after
     * that: some servers wait in {@code close} until the page has read the message, or for ever.
     */
    void end() {
        boolean idle;
        synchronized (this) {
            discard();
            idle = !sending;
        }
        if (idle) {
            close();
        }
    }

    /** Not on the caller's thread: some servers write, and close, on it. */
    private void execute(Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException closing) {
            discard();
            close();
        }
    }

    private void close() {
        try {
            sink.close();
        } catch (Exception gone) {
            // Jakarta EE 11 declares an IOException, 10 does not: then the connection is closed already
        }
    }
}
