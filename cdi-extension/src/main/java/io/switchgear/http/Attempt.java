// SPDX-License-Identifier: Apache-2.0
package io.switchgear.http;

import io.switchgear.CircuitOpenException;
import io.switchgear.breaker.Permit;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
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
    private final HttpRequest request;
    private final BodyCopy copy;
    private final Permit permit;
    private final long started;
    private final CompletableFuture<HttpResponse<T>> done = new CompletableFuture<>();
    private final AtomicBoolean over = new AtomicBoolean();
    // cleared at the end: the JDK's client keeps the handler of a request with the connection, and through it would
    // keep itself and its thread alive after the application has dropped them
    private final AtomicReference<BodyHandler<T>> bodyHandler = new AtomicReference<>();
    private volatile CompletableFuture<HttpResponse<T>> exchange;
    private volatile WatchedBody<T> body;
    private volatile Runnable cancelTimeOut = () -> {};
    private volatile boolean failed;

    /**
     * Acquires a permit; nothing is sent yet.
     *
     * @param copy receives the body as well; {@code null} if no copy is needed
     * @throws CircuitOpenException if the breaker rejects it
     */
    Attempt(Service service, Transport transport, HttpRequest request, BodyCopy copy) {
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

    /** Returns whether it has ended with a failure of the service. */
    boolean failed() {
        return failed;
    }

    /**
     * Sends the request.
     *
     * @param good receives a response that is not a failure, once its body is complete
     */
    void send(BodyHandler<T> handler, Consumer<HttpResponse<T>> good) {
        service.pending().add(this);
        try {
            Duration given = request.timeout().orElse(null);
            long limit = given == null ? service.inForce().requestTimeoutMillis() : millis(given);
            cancelTimeOut = transport.after(limit * 1_000_000, () -> timeOut(limit));
            bodyHandler.set(head -> watched(handler, head));
            exchange = transport.http().sendAsync(request, throughReference(bodyHandler));
        } catch (RuntimeException | Error refused) {
            end(refused, () -> permit.ignored(started));
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

    private static long millis(Duration time) {
        return time.compareTo(Duration.ofDays(1)) > 0 ? Duration.ofDays(1).toMillis() : Math.max(1, time.toMillis());
    }

    private static <T> BodyHandler<T> throughReference(AtomicReference<BodyHandler<T>> bodyHandler) {
        return head -> {
            BodyHandler<T> present = bodyHandler.get();
            return present == null
                    ? new DiscardedBody<>(new IOException("ended before the response"))
                    : present.apply(head);
        };
    }

    private BodySubscriber<T> watched(BodyHandler<T> handler, HttpResponse.ResponseInfo head) {
        BodySubscriber<T> reader;
        try {
            reader = Objects.requireNonNull(handler.apply(head), "the body handler returned null for a subscriber");
        } catch (RuntimeException | Error thrown) {
            // otherwise the JDK's client would never close the connection
            reader = new DiscardedBody<>(thrown);
        }
        WatchedBody<T> watched = new WatchedBody<>(reader, copy);
        body = watched;
        if (over.get()) {
            // it ended while the headers arrived
            watched.abort(new IOException(text() + " was cancelled"));
        }
        return watched;
    }

    private void responded(HttpResponse<T> response, Throwable thrown, Consumer<HttpResponse<T>> good) {
        WatchedBody<T> present = body;
        if (thrown == null) {
            if (present == null) {
                complete(response, good);
            } else {
                CompletionStage<Void> whole = present.over();
                whole.whenComplete((none, failure) -> {
                    if (failure == null) {
                        complete(response, good);
                    } else {
                        fail(failure, true);
                    }
                });
            }
            done.complete(response);
        } else {
            boolean wrapped = thrown instanceof CompletionException && thrown.getCause() != null;
            // with a complete body, the reader has failed and not the service
            boolean complete = present != null
                    && present.over().isDone()
                    && !present.over().isCompletedExceptionally();
            fail(wrapped ? thrown.getCause() : thrown, !complete);
        }
    }

    // ---- its end: the first of these calls decides

    private void complete(HttpResponse<T> response, Consumer<HttpResponse<T>> good) {
        if (over.compareAndSet(false, true)) {
            cleanUp();
            if (response.statusCode() >= 500) {
                ServerErrorException error = new ServerErrorException(response.statusCode());
                serviceFailed(error.getMessage(), error);
            } else {
                permit.returned(response, started);
                good.accept(response);
            }
        }
    }

    private void fail(Throwable thrown, boolean byService) {
        if (byService && thrown instanceof IOException) {
            end(thrown, () -> serviceFailed(thrown.getClass().getName(), thrown));
        } else {
            end(thrown, () -> permit.ignored(started));
        }
    }

    private void timeOut(long limit) {
        WatchedBody<T> present = body;
        boolean byService = present == null || !present.waitsForReader();
        String late = byService ? "took" : "was not read within its limit, it took";
        fail(new HttpTimeoutException(text() + " " + late + " more than " + limit + " ms"), byService);
    }

    /** Ends it because the breaker has opened. Returns an action that notifies the caller. */
    Runnable cancel(Function<String, PendingCancelledException> why) {
        return endSilently(why.apply(text()), () -> {
            service.totals().cancelled.increment();
            permit.ignored(started);
        });
    }

    /** Ends it because its caller no longer wants it. The breaker's rule judges {@code why}. */
    void abandon(Throwable why) {
        end(why, () -> permit.threw(why, started));
    }

    private void end(Throwable why, Runnable outcome) {
        endSilently(why, outcome).run();
    }

    /** Ends it, unless it is over, without notifying the caller. Returns an action that does. */
    private Runnable endSilently(Throwable why, Runnable outcome) {
        if (!over.compareAndSet(false, true)) {
            return () -> {};
        }
        cleanUp();
        outcome.run();
        CompletableFuture<HttpResponse<T>> sent = exchange;
        if (sent != null) {
            sent.cancel(true);
        }
        WatchedBody<T> present = body;
        if (present != null) {
            present.abort(why);
        }
        return () -> done.completeExceptionally(why);
    }

    private void serviceFailed(String what, Throwable thrown) {
        failed = true;
        service.failed(what);
        permit.threw(thrown, started);
    }

    private void cleanUp() {
        bodyHandler.set(null);
        cancelTimeOut.run();
        service.pending().remove(this);
    }

    private String text() {
        return service.name() + ": " + request.method() + " " + request.uri().getRawPath();
    }
}
