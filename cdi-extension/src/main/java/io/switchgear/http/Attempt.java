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
 * One request on its way, under a permit of its service's breaker. The permit is kept until the body is complete, since
 * a service that hangs in the middle of a body is as broken as one that hangs before it.
 */
final class Attempt<T> {
    private final Service service;
    private final Transport wire;
    private final HttpRequest request;
    private final BodyCopy copy;
    private final Permit permit;
    private final long started;
    private final CompletableFuture<HttpResponse<T>> done = new CompletableFuture<>();
    private final AtomicBoolean over = new AtomicBoolean();
    // emptied at the end: the JDK's client keeps the handler that it is given with the connection, and through it would
    // keep itself, and its thread, alive when nobody else does
    private final AtomicReference<BodyHandler<T>> reading = new AtomicReference<>();
    private volatile CompletableFuture<HttpResponse<T>> exchange;
    private volatile WatchedBody<T> body;
    private volatile Runnable calledOff = () -> {};
    private volatile boolean failed;

    /**
     * @param copy gets the body as well; {@code null} if nobody wants one
     * @throws CircuitOpenException if the breaker does not admit it
     */
    Attempt(Service service, Transport wire, HttpRequest request, BodyCopy copy) {
        this.service = service;
        this.wire = wire;
        this.request = request;
        this.copy = copy;
        this.permit = service.breaker().acquire();
        this.started = permit.start();
    }

    Transport wire() {
        return wire;
    }

    Permit permit() {
        return permit;
    }

    /** The response, as soon as its caller can have it; a failure is told here only until then. */
    CompletionStage<HttpResponse<T>> done() {
        return done;
    }

    /** Whether it is over and it was the service that failed. */
    boolean failed() {
        return failed;
    }

    /** @param good gets a response that is no failure when its body is complete */
    void send(BodyHandler<T> handler, Consumer<HttpResponse<T>> good) {
        service.pending().add(this);
        try {
            Duration own = request.timeout().orElse(null);
            long limit = own == null ? service.inForce().requestTimeoutMillis() : millis(own);
            calledOff = wire.after(limit * 1_000_000, () -> timeOut(limit));
            reading.set(head -> watched(handler, head));
            exchange = wire.http().sendAsync(request, throughReference(reading));
        } catch (RuntimeException | Error refused) {
            end(refused, () -> permit.ignored(started));
            return;
        }
        if (over.get()) {
            // it was ended before there was anything to cancel
            calledOff.run();
            exchange.cancel(true);
        }
        CompletionStage<HttpResponse<T>> sent = exchange;
        sent.whenComplete((response, thrown) -> {
            if (over.get()) {
                // nobody waits for it, and a hundred that are cancelled at once are not worth a hundred threads
                responded(response, thrown, good);
            } else {
                wire.handOver(() -> responded(response, thrown, good));
            }
        });
    }

    private static long millis(Duration time) {
        return time.compareTo(Duration.ofDays(1)) > 0 ? Duration.ofDays(1).toMillis() : Math.max(1, time.toMillis());
    }

    private static <T> BodyHandler<T> throughReference(AtomicReference<BodyHandler<T>> reading) {
        return head -> {
            BodyHandler<T> present = reading.get();
            return present == null
                    ? new DiscardedBody<>(new IOException("ended before the response"))
                    : present.apply(head);
        };
    }

    private BodySubscriber<T> watched(BodyHandler<T> handler, HttpResponse.ResponseInfo head) {
        BodySubscriber<T> reader;
        try {
            reader = Objects.requireNonNull(handler.apply(head), "the body handler answered null for a subscriber");
        } catch (RuntimeException | Error thrown) {
            // the JDK's client would leave the connection open, for ever
            reader = new DiscardedBody<>(thrown);
        }
        WatchedBody<T> watched = new WatchedBody<>(reader, copy);
        body = watched;
        if (over.get()) {
            // it was ended while the headers came in
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
                whole.whenComplete((none, broken) -> {
                    if (broken == null) {
                        complete(response, good);
                    } else {
                        broken(broken, true);
                    }
                });
            }
            done.complete(response);
        } else {
            boolean wrapped = thrown instanceof CompletionException && thrown.getCause() != null;
            // with the body complete, it is its reader that failed
            boolean complete = present != null
                    && present.over().isDone()
                    && !present.over().isCompletedExceptionally();
            broken(wrapped ? thrown.getCause() : thrown, !complete);
        }
    }

    // ---- how it ends; the first of these decides

    private void complete(HttpResponse<T> response, Consumer<HttpResponse<T>> good) {
        if (over.compareAndSet(false, true)) {
            leave();
            if (response.statusCode() >= 500) {
                ServerErrorException error = new ServerErrorException(response.statusCode());
                blame(error.getMessage(), error);
            } else {
                permit.returned(response, started);
                good.accept(response);
            }
        }
    }

    private void broken(Throwable thrown, boolean byService) {
        if (byService && thrown instanceof IOException) {
            end(thrown, () -> blame(thrown.getClass().getName(), thrown));
        } else {
            end(thrown, () -> permit.ignored(started));
        }
    }

    private void timeOut(long limit) {
        WatchedBody<T> present = body;
        boolean byService = present == null || !present.waitsForReader();
        String late = byService ? "took" : "was not read within its limit, it took";
        broken(new HttpTimeoutException(text() + " " + late + " more than " + limit + " ms"), byService);
    }

    /** As the breaker opened. Answers what tells the caller. */
    Runnable cancel(Function<String, PendingCancelledException> why) {
        return cut(why.apply(text()), () -> {
            service.totals().cancelled.increment();
            permit.ignored(started);
        });
    }

    /** As its caller does not want it any more, and completed the future with this; judged by the breaker's rule. */
    void abandon(Throwable why) {
        end(why, () -> permit.threw(why, started));
    }

    private void end(Throwable why, Runnable judge) {
        cut(why, judge).run();
    }

    /** Ends it but for telling, which is what is answered; nothing, if it is over. */
    private Runnable cut(Throwable why, Runnable judge) {
        if (!over.compareAndSet(false, true)) {
            return () -> {};
        }
        leave();
        judge.run();
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

    private void blame(String what, Throwable thrown) {
        failed = true;
        service.failed(what);
        permit.threw(thrown, started);
    }

    private void leave() {
        reading.set(null);
        calledOff.run();
        service.pending().remove(this);
    }

    private String text() {
        return service.name() + ": " + request.method() + " " + request.uri().getRawPath();
    }
}
