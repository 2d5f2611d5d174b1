package io.switchgear.http;

import io.switchgear.CircuitOpenException;
import io.switchgear.guard.Retry;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.ResponseInfo;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * One call: attempts until one is good or no more are allowed, then perhaps the last good response. Holds no thread
 * while it waits. Whoever completes or cancels the future it answers ends it.
 */
final class Call<T> {
    private final Service service;
    private final Transport wire;
    private final HttpRequest request;
    private final BodyHandler<T> handler;
    // null if no response may be kept or stand in
    private final RequestKey key;
    private final CompletableFuture<HttpResponse<T>> result = new CompletableFuture<>();
    private final long started;
    private volatile Attempt<T> current;
    private volatile Runnable calledOff = () -> {};

    /** One attempt and what became of it; each knows its own, as the response to one may come after the next began. */
    private final class Step {
        private final int number;
        private final Throwable before;
        private final BodyCopy copy = key == null ? null : new BodyCopy();
        private volatile ResponseDecision plan = new ResponseDecision.Deliver();

        /** @param before why the attempt before failed; {@code null} if there was none, or a response */
        Step(int number, Throwable before) {
            this.number = number;
            this.before = before;
        }

        void begin() {
            if (result.isDone()) {
                return;
            }
            Attempt<T> attempt;
            try {
                attempt = new Attempt<>(service, wire, request, copy);
            } catch (CircuitOpenException rejected) {
                if (before != null) {
                    rejected.addSuppressed(before);
                }
                // not before somebody has asked for it: a retry rule that names rejections
                again(service.retry().threw(rejected, number, started, 0), rejected);
                return;
            }
            if (number > 1) {
                service.totals().retries.increment();
            }
            current = attempt;
            attempt.done().whenComplete((response, thrown) -> ended(attempt, response, thrown));
            attempt.send(this::reader, this::good);
            // not if it is complete: the caller may be reading its body
            if (result.isCompletedExceptionally()) {
                abandon(new CancellationException());
            }
        }

        private HttpResponse.BodySubscriber<T> reader(ResponseInfo head) {
            plan = plan(head);
            return plan instanceof ResponseDecision.Deliver ? handler.apply(head) : new DiscardedBody<>(null);
        }

        private ResponseDecision plan(ResponseInfo head) {
            if (RetryRules.isPassing(head)) {
                long asked = RetryRules.asked(head, wire.clock().instant(), service.inForce());
                long wait = asked == Retry.NO || !mayRepeat()
                        ? Retry.NO
                        : service.retry().planned(new ServerErrorException(head.statusCode()), number, started, asked);
                if (wait != Retry.NO) {
                    return new ResponseDecision.Repeat(wait);
                }
            }
            StoredResponse kept = head.statusCode() >= 500 ? lastGood() : null;
            return kept == null
                    ? new ResponseDecision.Deliver()
                    : new ResponseDecision.StandIn(kept, head.statusCode());
        }

        /** Not if this attempt or another one has opened the breaker: nobody waits for that. */
        private boolean mayRepeat() {
            return RetryRules.isHarmless(request, service.inForce())
                    && (!service.breaker().rejectsNow() || service.retry().retriesRejections());
        }

        private void good(HttpResponse<T> response) {
            if (response.statusCode() != 429) {
                service.retry().returned(response, number, started, 0);
            }
            if (copy != null && copy.bytes() != null && RequestKey.mayKeep(response.statusCode(), response.headers())) {
                long now = wire.ticker().nanos();
                service.lastGood().keep(key, StoredResponse.of(response, copy, now), service.inForce());
            }
        }

        private void ended(Attempt<T> attempt, HttpResponse<T> response, Throwable thrown) {
            if (result.isDone()) {
                return;
            }
            boolean byService = thrown == null || attempt.failed();
            if (byService && plan instanceof ResponseDecision.Repeat repeat) {
                Throwable failure = thrown == null ? new ServerErrorException(response.statusCode()) : thrown;
                // by now the breaker has judged this attempt, and others may have used up the budget
                again(mayRepeat() && service.retry().pay() ? repeat.delayNanos() : Retry.NO, failure);
            } else if (byService && plan instanceof ResponseDecision.StandIn standIn) {
                standIn(standIn.kept(), "HTTP " + standIn.status());
            } else if (thrown == null) {
                result.complete(response);
            } else if (byService || thrown instanceof CircuitOpenException) {
                again(mayRepeat() ? service.retry().threw(thrown, number, started, 0) : Retry.NO, thrown);
            } else {
                result.completeExceptionally(thrown);
            }
        }

        private void again(long delayNanos, Throwable thrown) {
            if (delayNanos == Retry.NO) {
                standInOr(thrown);
                return;
            }
            try {
                calledOff = wire.after(delayNanos, () -> new Step(number + 1, thrown).begin());
            } catch (RuntimeException shutDown) {
                result.completeExceptionally(shutDown);
            }
            if (result.isDone()) {
                calledOff.run();
            }
        }
    }

    Call(Service service, Transport wire, HttpRequest request, BodyHandler<T> handler) {
        this.service = service;
        this.wire = wire;
        this.request = request;
        this.handler = handler;
        this.key = service.inForce().lastGoodTtlMillis() == 0 || !wire.anonymous() ? null : RequestKey.of(request);
        this.started = service.retry().begin();
    }

    CompletableFuture<HttpResponse<T>> start() {
        service.totals().requests.increment();
        CompletionStage<HttpResponse<T>> end = result;
        end.whenComplete((response, thrown) -> {
            if (thrown != null) {
                abandon(thrown);
            }
        });
        new Step(1, null).begin();
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

    // ---- the last good response

    private StoredResponse lastGood() {
        return key == null
                ? null
                : service.lastGood().find(key, service.inForce(), wire.ticker().nanos());
    }

    private void standInOr(Throwable thrown) {
        StoredResponse kept = lastGood();
        if (kept == null) {
            result.completeExceptionally(thrown);
        } else {
            standIn(kept, thrown.toString());
        }
    }

    private void standIn(StoredResponse kept, String why) {
        try {
            kept.answer(request, handler, why, wire.ticker().nanos()).whenComplete((stale, thrown) -> {
                if (thrown != null) {
                    result.completeExceptionally(thrown);
                } else if (!result.isDone()) {
                    service.totals().lastGoodAnswered.increment();
                    service.breaker().fallbackUsed();
                    result.complete(stale);
                }
            });
        } catch (RuntimeException | Error byHandler) {
            result.completeExceptionally(byHandler);
        }
    }
}
