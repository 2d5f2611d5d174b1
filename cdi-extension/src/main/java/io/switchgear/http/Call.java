package io.switchgear.http;

import io.switchgear.CircuitOpenException;
import io.switchgear.ServiceSettings;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One call: attempts until one is good or no more are allowed, then perhaps the last good response. Holds no thread
 * while it waits.
 */
final class Call<T> {
    private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "OPTIONS", "PUT", "DELETE", "TRACE");
    private static final Set<Integer> PASSING = Set.of(429, 502, 503, 504);

    /** What becomes of a response, decided on its head: a body that the caller will not see is not handed to it. */
    private sealed interface Plan {
        record Deliver() implements Plan {}

        record Retry(long delayMillis) implements Plan {}

        record StandIn(GoodResponse kept, int status) implements Plan {}
    }

    private final Service service;
    private final Wire wire;
    private final HttpRequest request;
    private final BodyHandler<T> handler;
    // null if none of the responses may be kept, or stand in
    private final RequestKey key;
    private final long startedNanos;
    private final CompletableFuture<HttpResponse<T>> result = new CompletableFuture<>();
    private final AtomicInteger attempts = new AtomicInteger();
    private volatile Attempt<T> current;
    private volatile Runnable calledOff = () -> {};
    private volatile Plan plan;

    Call(Service service, Wire wire, HttpRequest request, BodyHandler<T> handler) {
        this.service = service;
        this.wire = wire;
        this.request = request;
        this.handler = handler;
        this.key = service.settings().lastGoodTtlMillis() == 0 || !wire.anonymous() ? null : RequestKey.of(request);
        this.startedNanos = wire.ticker().nanos();
    }

    CompletableFuture<HttpResponse<T>> start() {
        service.totals().requests.increment();
        CompletionStage<HttpResponse<T>> end = result;
        end.whenComplete((response, thrown) -> {
            if (thrown != null) {
                abandon(thrown);
            }
        });
        attempt();
        return result;
    }

    /** As its client is closed. */
    void cancel() {
        result.completeExceptionally(
                new CancellationException("the client of service " + service.name() + " was closed"));
    }

    /** If it is the caller who ended it; otherwise there is nothing left to end. */
    private void abandon(Throwable why) {
        calledOff.run();
        Attempt<T> present = current;
        if (present != null) {
            present.abandon(why);
        }
    }

    private void attempt() {
        if (result.isDone()) {
            return;
        }
        plan = new Plan.Deliver();
        attempts.incrementAndGet();
        BodyCopy copy = key == null ? null : new BodyCopy();
        Attempt<T> attempt;
        try {
            attempt = new Attempt<>(service, wire, request, copy);
        } catch (CircuitOpenException rejected) {
            standInOr(rejected);
            return;
        }
        current = attempt;
        attempt.done().whenComplete((response, thrown) -> attempted(attempt, response, thrown));
        attempt.send(this::reader, response -> good(response, copy));
        if (result.isDone()) {
            abandon(new CancellationException());
        }
    }

    private BodySubscriber<T> reader(ResponseInfo head) {
        plan = plan(head);
        return plan instanceof Plan.Deliver ? handler.apply(head) : new Unread<>(null);
    }

    private Plan plan(ResponseInfo head) {
        if (PASSING.contains(head.statusCode())) {
            boolean asks = head.statusCode() == 429 || head.statusCode() == 503;
            OptionalLong asked =
                    asks ? RetryAfter.millis(head.headers(), wire.clock().instant()) : OptionalLong.empty();
            OptionalLong delay = mayRetryAfter(asked.orElse(0));
            if (delay.isPresent()) {
                return new Plan.Retry(delay.getAsLong());
            }
        }
        GoodResponse kept = head.statusCode() >= 500 ? lastGood() : null;
        return kept == null ? new Plan.Deliver() : new Plan.StandIn(kept, head.statusCode());
    }

    /** @param askedMillis the wait that the service asks for */
    private OptionalLong mayRetryAfter(long askedMillis) {
        ServiceSettings settings = service.settings();
        boolean repeatable = settings.retryNonIdempotent() || IDEMPOTENT.contains(request.method());
        if (!repeatable || askedMillis > settings.maxRetryAfterMillis()) {
            return OptionalLong.empty();
        }
        long elapsed = (wire.ticker().nanos() - startedNanos) / 1_000_000;
        OptionalLong delay = service.retrying().delayMillis(attempts.get(), elapsed);
        return delay.isEmpty() ? delay : OptionalLong.of(Math.max(delay.getAsLong(), askedMillis));
    }

    private void good(HttpResponse<T> response, BodyCopy copy) {
        service.retrying().succeeded();
        if (copy != null && copy.bytes() != null && RequestKey.mayKeep(response.statusCode(), response.headers())) {
            long now = wire.ticker().nanos();
            service.lastGood().keep(key, GoodResponse.of(response, copy, now), service.settings());
        }
    }

    private void attempted(Attempt<T> attempt, HttpResponse<T> response, Throwable thrown) {
        if (result.isDone()) {
            return;
        }
        if (plan instanceof Plan.Retry retry && (thrown == null || attempt.failed())) {
            again(retry.delayMillis());
        } else if (plan instanceof Plan.StandIn standIn && (thrown == null || attempt.failed())) {
            standIn(standIn.kept(), "HTTP " + standIn.status());
        } else if (thrown == null) {
            result.complete(response);
        } else if (attempt.failed()) {
            mayRetryAfter(0).ifPresentOrElse(this::again, () -> standInOr(thrown));
        } else if (thrown instanceof CircuitOpenException) {
            standInOr(thrown);
        } else {
            result.completeExceptionally(thrown);
        }
    }

    private GoodResponse lastGood() {
        return key == null
                ? null
                : service.lastGood().find(key, service.settings(), wire.ticker().nanos());
    }

    private void standInOr(Throwable thrown) {
        GoodResponse kept = lastGood();
        if (kept == null) {
            result.completeExceptionally(thrown);
        } else {
            standIn(kept, thrown.toString());
        }
    }

    private void standIn(GoodResponse kept, String why) {
        try {
            kept.answer(request, handler, why, wire.ticker().nanos()).whenComplete((stale, thrown) -> {
                if (thrown == null) {
                    service.totals().lastGoodAnswered.increment();
                    result.complete(stale);
                } else {
                    result.completeExceptionally(thrown);
                }
            });
        } catch (RuntimeException | Error byHandler) {
            result.completeExceptionally(byHandler);
        }
    }

    private void again(long delayMillis) {
        service.totals().retries.increment();
        try {
            calledOff = wire.after(delayMillis, this::attempt);
        } catch (RuntimeException shutDown) {
            result.completeExceptionally(shutDown);
        }
        if (result.isDone()) {
            calledOff.run();
        }
    }
}
