// SPDX-License-Identifier: Apache-2.0
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
 * One call: attempts until one is good or no more are allowed, and then the last good response, if there is one. Holds
 * no thread while it waits. A caller ends it by cancelling its {@link #result}, or by completing that with an
 * exception.
 */
final class Call<T> {
    private final Service service;
    private final Transport transport;
    private final HttpRequest request;
    private final BodyHandler<T> handler;
    // null if no good response may be stored or used
    private final RequestKey key;
    private final CompletableFuture<HttpResponse<T>> result = new CompletableFuture<>();
    // false within an attempt of the same retry, which then decides
    private final boolean retries;
    private final long started;
    private volatile Attempt<T> current;
    private volatile Runnable cancelTimer = () -> {};

    /** One attempt and its result, kept apart from others: a response may arrive after the next attempt has begun. */
    private final class Step {
        private final int number;
        private final Throwable previousFailure;
        private final BodyCopy copy = key == null ? null : new BodyCopy();
        private volatile ResponseDecision decision = new ResponseDecision.Deliver();

        /** @param previousFailure why the previous attempt failed; {@code null} for the first one */
        Step(int number, Throwable previousFailure) {
            this.number = number;
            this.previousFailure = previousFailure;
        }

        void begin() {
            if (result.isDone()) {
                return;
            }
            Attempt<T> attempt;
            try {
                attempt = new Attempt<>(service, transport, request, copy);
            } catch (CircuitOpenException rejected) {
                if (previousFailure != null) {
                    rejected.addSuppressed(previousFailure);
                }
                // retried only if the rule of the retries names rejections
                again(retries ? service.retry().threw(rejected, number, started, 0) : Retry.NO, rejected);
                return;
            }
            if (number > 1) {
                service.totals().retries.increment();
            }
            current = attempt;
            attempt.done().whenComplete((response, thrown) -> ended(attempt, response, thrown));
            attempt.send(this::reader, this::good);
            // a response that has been delivered goes on: the caller may be reading its body
            if (result.isCompletedExceptionally()) {
                abandon(new CancellationException());
            }
        }

        private HttpResponse.BodySubscriber<T> reader(ResponseInfo head) {
            decision = decide(head);
            return decision instanceof ResponseDecision.Deliver ? handler.apply(head) : new DiscardedBody<>(null);
        }

        private ResponseDecision decide(ResponseInfo head) {
            if (RetryRules.isTransient(head)) {
                long atLeast =
                        RetryRules.retryAfterNanos(head, transport.clock().instant(), service.inForce());
                long wait = atLeast == Retry.NO || !mayRepeat()
                        ? Retry.NO
                        : service.retry()
                                .planned(new ServerErrorException(head.statusCode()), number, started, atLeast);
                if (wait != Retry.NO) {
                    return new ResponseDecision.Repeat(wait);
                }
            }
            StoredResponse kept = head.statusCode() >= 500 ? lastGood() : null;
            return kept == null
                    ? new ResponseDecision.Deliver()
                    : new ResponseDecision.UseLastGood(kept, head.statusCode());
        }

        /**
         * Returns whether the request may be sent again. It may not if this attempt or another one has opened the
         * breaker, unless rejections are retried: no caller should wait for a rejection.
         */
        private boolean mayRepeat() {
            return retries
                    && RetryRules.isRepeatable(request, service.inForce())
                    && (!service.breaker().rejectsNow() || service.retry().retriesRejections());
        }

        private void good(HttpResponse<T> response) {
            if (retries && response.statusCode() != 429) {
                service.retry().returned(response, number, started, 0);
            }
            if (copy != null && copy.bytes() != null && RequestKey.mayKeep(response.statusCode(), response.headers())) {
                long now = transport.ticker().nanos();
                service.lastGood().keep(key, StoredResponse.of(response, copy, now), service.inForce());
            }
        }

        private void ended(Attempt<T> attempt, HttpResponse<T> response, Throwable thrown) {
            if (result.isDone()) {
                return;
            }
            boolean byService = thrown == null || attempt.failed();
            if (byService && decision instanceof ResponseDecision.Repeat repeat) {
                Throwable failure = thrown == null ? new ServerErrorException(response.statusCode()) : thrown;
                // the breaker has judged this attempt by now, and other calls may have used up the budget
                again(mayRepeat() && service.retry().pay() ? repeat.delayNanos() : Retry.NO, failure);
            } else if (byService && decision instanceof ResponseDecision.UseLastGood last) {
                useLastGood(last.kept(), "HTTP " + last.status());
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
                useLastGoodOrFail(thrown);
                return;
            }
            try {
                cancelTimer = transport.after(delayNanos, () -> new Step(number + 1, thrown).begin());
            } catch (RuntimeException shutDown) {
                result.completeExceptionally(shutDown);
            }
            if (result.isDone()) {
                cancelTimer.run();
            }
        }
    }

    Call(Service service, Transport transport, HttpRequest request, BodyHandler<T> handler) {
        this.service = service;
        this.transport = transport;
        this.request = request;
        this.handler = handler;
        this.key = service.inForce().lastGoodTtlMillis() == 0 || !transport.anonymous() ? null : RequestKey.of(request);
        this.retries = !service.retry().isRunningHere();
        this.started = retries ? service.retry().begin() : 0;
    }

    void start() {
        service.totals().requests.increment();
        CompletionStage<HttpResponse<T>> end = result;
        end.whenComplete((response, thrown) -> {
            if (thrown != null) {
                abandon(thrown);
            }
        });
        new Step(1, null).begin();
    }

    /** Notifies the breaker that this thread rethrows a failure that it has counted on another one. */
    void rethrown(Throwable thrown) {
        Attempt<T> last = current;
        if (last != null && last.failed()) {
            service.breaker().countedElsewhere(thrown);
        }
    }

    /** Returns its result. */
    CompletableFuture<HttpResponse<T>> result() {
        return result;
    }

    /** Ends it because its client is closed. */
    void cancel() {
        result.completeExceptionally(
                new CancellationException("the client of service " + service.name() + " was closed"));
    }

    /** Ends the attempt in flight. There is one only if the caller has ended the call. */
    private void abandon(Throwable why) {
        cancelTimer.run();
        Attempt<T> present = current;
        if (present != null) {
            present.abandon(why);
        }
    }

    // ---- the last good response

    private StoredResponse lastGood() {
        return key == null
                ? null
                : service.lastGood()
                        .find(key, service.inForce(), transport.ticker().nanos());
    }

    private void useLastGoodOrFail(Throwable thrown) {
        StoredResponse kept = lastGood();
        if (kept == null) {
            result.completeExceptionally(thrown);
        } else {
            useLastGood(kept, thrown.toString());
        }
    }

    private void useLastGood(StoredResponse kept, String why) {
        try {
            kept.replay(request, handler, why, transport.ticker().nanos()).whenComplete((stale, thrown) -> {
                if (thrown != null) {
                    result.completeExceptionally(thrown);
                } else if (!result.isDone()) {
                    service.totals().lastGoodHits.increment();
                    service.breaker().fallbackUsed();
                    result.complete(stale);
                }
            });
        } catch (RuntimeException | Error byHandler) {
            result.completeExceptionally(byHandler);
        }
    }
}
