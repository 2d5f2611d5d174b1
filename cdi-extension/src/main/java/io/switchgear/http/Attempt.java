// SPDX-License-Identifier: Apache-2.0
package io.switchgear.http;

import io.switchgear.CircuitOpenException;
import io.switchgear.breaker.Permit;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One request in flight, under a permit of its service's breaker. The permit is held until the body is complete, since
 * a service that hangs in the middle of a body is as broken as one that hangs before it.
 */
final class Attempt<T> {
    private final Service service;
    private final Transport transport;
    private final RequestBody request;
    private final BodyCopy copy;
    private final Permit permit;
    private final long started;
    private final CompletableFuture<HttpResponse<T>> done = new CompletableFuture<>();
    private final AtomicBoolean judged = new AtomicBoolean();
    private final CompletableFuture<Void> counted = new CompletableFuture<>();
    private final AtomicBoolean over = new AtomicBoolean();
    // taken by the head of the response or by the end, whichever comes first. The JDK's client keeps the handler of a
    // request with the connection, and through it would keep itself and its thread alive after the application has
    // dropped them
    private final AtomicReference<BodyHandler<T>> bodyHandler = new AtomicReference<>();
    private volatile HttpClient http;
    private volatile CompletableFuture<HttpResponse<T>> exchange;
    private volatile WatchedBody<T> body;
    private volatile Runnable cancelTimeOut = () -> {};
    private volatile boolean headReceived;
    private volatile Fault fault;

    /**
     * Acquires a permit; nothing is sent yet.
     *
     * @param copy receives the body as well; {@code null} if no copy is needed
     * @throws CircuitOpenException if the breaker rejects it
     */
    Attempt(Service service, Transport transport, RequestBody request, BodyCopy copy) {
        this.service = service;
        this.transport = transport;
        this.request = request;
        this.copy = copy;
        this.permit = service.breaker().acquire();
        this.started = permit.start();
    }

    Transport transport() {
        return transport;
    }

    Permit permit() {
        return permit;
    }

    /** Returns the response, completed as soon as the caller can have it. A later failure is not reported here. */
    CompletionStage<HttpResponse<T>> done() {
        return done;
    }

    /** Returns why it has no complete response; {@code null} if it has one, or has not ended. */
    Fault fault() {
        return fault;
    }

    /** Returns whether the body handler was applied, or is about to be; only after the end. */
    boolean headReceived() {
        return headReceived;
    }

    /**
     * Sends the request.
     *
     * @param limitMillis how long it may take, body included
     * @param good receives a response that is not a failure, once its body is complete
     */
    void send(long limitMillis, BodyHandler<T> handler, Consumer<HttpResponse<T>> good) {
        bodyHandler.set(head -> watched(handler, head));
        request.beginAttempt();
        service.pending().add(this);
        try {
            cancelTimeOut = transport.after(limitMillis * 1_000_000, () -> timeOut(limitMillis));
            http = transport.http();
            exchange = http.sendAsync(request.request(), taking(bodyHandler));
        } catch (RuntimeException | Error refused) {
            end(refused, Fault.CALLER);
            return;
        }
        if (over.get()) {
            // it ended before there was an exchange to cancel
            cancelTimeOut.run();
            exchange.cancel(true);
        }
        CompletionStage<HttpResponse<T>> sent = exchange;
        sent.whenComplete((response, thrown) -> {
            if (over.get()) {
                // no caller waits for it, and a hundred that are cancelled at once must not take a hundred threads
                responded(response, thrown, good);
            } else {
                transport.handOver(() -> responded(response, thrown, good));
            }
        });
    }

    private static <T> BodyHandler<T> taking(AtomicReference<BodyHandler<T>> bodyHandler) {
        return head -> {
            BodyHandler<T> present = bodyHandler.getAndSet(null);
            return present == null
                    ? new DiscardedBody<>(new IOException("ended before the response"))
                    : present.apply(head);
        };
    }

    private BodySubscriber<T> watched(BodyHandler<T> handler, HttpResponse.ResponseInfo head) {
        if (head.statusCode() >= 500) {
            // before the decision on a retry: this failure may open the breaker
            judge(() -> serviceFailed(new ServerErrorException(head.statusCode())));
        }
        BodySubscriber<T> reader;
        try {
            reader = Objects.requireNonNull(handler.apply(head), "the body handler returned null for a subscriber");
        } catch (RuntimeException | Error thrown) {
            // otherwise the JDK's client would never close the connection
            reader = new DiscardedBody<>(thrown);
        }
        WatchedBody<T> watched = new WatchedBody<>(
                reader,
                copy,
                new BodyLimit(
                        service.name(),
                        request.request().method(),
                        head.statusCode(),
                        service.inForce().maxResponseBytes()));
        body = watched;
        watched.announced(head);
        if (over.get()) {
            // it ended while the headers arrived
            watched.abort(new IOException(text() + " was cancelled"));
        }
        return watched;
    }

    private void responded(HttpResponse<T> response, Throwable thrown, Consumer<HttpResponse<T>> good) {
        WatchedBody<T> present = body;
        if (thrown == null) {
            CompletionStage<Void> whole = present.over();
            whole.whenComplete((none, failure) -> {
                if (failure == null) {
                    complete(response, good);
                } else {
                    fail(failure, true);
                }
            });
            if (!over.get()) {
                // the body is read as a stream
                done.complete(response);
            }
        } else {
            // with a complete body, the reader has failed and not the service
            boolean complete = present != null
                    && present.over().isDone()
                    && !present.over().isCompletedExceptionally();
            // an abort is reported in other words over HTTP/2
            Throwable aborted = present == null ? null : present.abortedBy();
            Throwable cause =
                    thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
            fail(aborted == null ? cause : aborted, !complete);
        }
    }

    // ---- its end: the first of these calls decides. The outcome is counted before the caller is notified

    private void complete(HttpResponse<T> response, Consumer<HttpResponse<T>> good) {
        if (over.compareAndSet(false, true)) {
            cleanUp();
            judge(() -> {
                permit.returned(response, started);
                good.accept(response);
            });
            afterCount(() -> done.complete(response));
        }
    }

    private void fail(Throwable thrown, boolean byService) {
        // first, since an exception of the caller may look like any of the client
        if (!byService || request.failed() || (thrown instanceof HttpTimeoutException && waitsForPublisher())) {
            end(thrown, Fault.CALLER);
            return;
        }
        if (transport.client().replacedAfter(http, thrown)) {
            end(thrown, Fault.CLIENT_ENDED);
            return;
        }
        WatchedBody<T> present = body;
        boolean unread = present == null || !present.hasBegun();
        Throwable failure = unread && thrown instanceof NumberFormatException
                ? new ProtocolException(text() + " has an unreadable Content-Length")
                : thrown;
        if (unread && failure instanceof ProtocolException) {
            transport.client().leavesConnectionOpen(http, failure);
        }
        Fault reported = Fault.of(failure);
        boolean internal = reported == Fault.NO_CONNECTION && failure instanceof InternalError;
        end(internal ? failure.getCause() : failure, reported);
    }

    private void timeOut(long limit) {
        WatchedBody<T> present = body;
        String late = "took";
        Fault reported = Fault.SERVICE;
        if (present != null && present.waitsForReader()) {
            late = "was not read within its limit, it took";
            reported = Fault.CALLER;
        } else if (waitsForPublisher()) {
            late = "was not given its body within its limit, it took";
            reported = Fault.CALLER;
        }
        end(new HttpTimeoutException(text() + " " + late + " more than " + limit + " ms"), reported);
    }

    private boolean waitsForPublisher() {
        // a service may respond without having read the whole body
        return body == null && request.waitsForPublisher();
    }

    /**
     * Ends it because the breaker has opened, unless its response is a failure already. Returns an action that notifies
     * the caller.
     */
    Runnable cancel(Function<String, PendingCancelledException> why) {
        if (judged.get()) {
            return () -> {};
        }
        return endSilently(why.apply(text()), Fault.CANCELLED);
    }

    /** Ends it because its caller no longer wants it. A caller whose own time limit is over reports a failure. */
    void abandon(Throwable why) {
        end(why, why instanceof TimeoutException ? Fault.SERVICE : Fault.CALLER);
    }

    private void end(Throwable why, Fault reported) {
        endSilently(why, reported).run();
    }

    /** Ends it, unless it is over, without notifying the caller. Returns an action that does. */
    private Runnable endSilently(Throwable why, Fault reported) {
        if (!over.compareAndSet(false, true)) {
            return () -> {};
        }
        cleanUp();
        fault = reported;
        judge(() -> {
            if (reported.counts()) {
                serviceFailed(why);
                return;
            }
            if (reported == Fault.CANCELLED) {
                service.totals().cancelled.increment();
            }
            permit.ignored(started);
        });
        CompletableFuture<HttpResponse<T>> sent = exchange;
        if (sent != null) {
            sent.cancel(true);
        }
        WatchedBody<T> present = body;
        if (present != null) {
            present.abort(why);
        }
        return () -> afterCount(() -> done.completeExceptionally(why));
    }

    /** Gives the permit back with the outcome, unless that is done or another thread does it. */
    private void judge(Runnable outcome) {
        if (judged.compareAndSet(false, true)) {
            try {
                outcome.run();
            } finally {
                counted.complete(null);
            }
        }
    }

    private void afterCount(Runnable notification) {
        CompletionStage<Void> count = counted;
        count.thenRun(notification);
    }

    private void serviceFailed(Throwable failure) {
        service.failed(
                failure instanceof ServerErrorException
                        ? failure.getMessage()
                        : failure.getClass().getName());
        permit.threw(failure, started);
    }

    private void cleanUp() {
        headReceived = bodyHandler.getAndSet(null) == null;
        cancelTimeOut.run();
        service.pending().remove(this);
    }

    private String text() {
        // neither path nor query, which may contain what must not be logged
        return service.name() + ": " + request.request().method();
    }
}
