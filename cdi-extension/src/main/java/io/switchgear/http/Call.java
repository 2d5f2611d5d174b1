// SPDX-License-Identifier: Apache-2.0
package io.switchgear.http;

import io.switchgear.CircuitOpenException;
import io.switchgear.guard.Retry;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One call: attempts until one is good or no more are allowed, and then the last good response, if there is one. Holds
 * no thread while it waits. A caller ends it by cancelling its {@link #result}, or by completing that with an
 * exception.
 */
final class Call<T> {
    private static final long FIRST_STREAM_WAIT_NANOS = 5_000_000;
    private static final long MAX_STREAM_WAIT_NANOS = 100_000_000;
    // these collect a whole body before they show any of it
    private static final Set<Class<?>> COLLECTING = Set.of(
            BodySubscribers.ofByteArray().getClass(),
            BodySubscribers.discarding().getClass());

    private final Service service;
    private final Transport transport;
    private final RequestBody request;
    private final BodyHandler<T> handler;
    // null if no good response may be stored or used
    private final RequestKey key;
    private final Result result = new Result();
    // false within an attempt of the same retry, which then decides
    private final boolean retries;
    private final long started;
    private volatile Attempt<T> current;
    private volatile Runnable cancelTimer = () -> {};
    // whether the budget has paid for an attempt that has not begun
    private final AtomicBoolean paid = new AtomicBoolean();
    private volatile Throwable abandoned;

    /**
     * The caller's future. A caller that ends it ends the attempt in flight, which is counted before the end is seen.
     */
    private final class Result extends CompletableFuture<HttpResponse<T>> {
        /** Ends it with the response. */
        void deliver(HttpResponse<T> response) {
            super.complete(response);
        }

        @Override
        public boolean complete(HttpResponse<T> value) {
            abandon(new CancellationException());
            return super.complete(value);
        }

        @Override
        public boolean completeExceptionally(Throwable why) {
            abandon(why);
            return super.completeExceptionally(why);
        }

        @Override
        public boolean cancel(boolean mayInterrupt) {
            abandon(new CancellationException());
            return super.cancel(mayInterrupt);
        }
    }

    /** One attempt and its result, kept apart from others: a response may arrive after the next attempt has begun. */
    private final class Step {
        private final int number;
        private final Throwable previousFailure;
        private final long streamWaitNanos;
        private final BodyCopy copy = key == null ? null : new BodyCopy();
        private volatile ResponseDecision decision = new ResponseDecision.Deliver();
        private volatile boolean hidden;

        /**
         * @param previousFailure why the previous attempt failed; {@code null} for the first one
         * @param streamWaitNanos how long the request has waited for a stream already
         */
        Step(int number, Throwable previousFailure, long streamWaitNanos) {
            this.number = number;
            this.previousFailure = previousFailure;
            this.streamWaitNanos = streamWaitNanos;
        }

        void begin() {
            if (stops()) {
                return;
            }
            if (previousFailure != null
                    && streamWaitNanos == 0
                    && service.retry().isTooLate(started)) {
                withdraw();
                useLastGoodOrFail(previousFailure);
                return;
            }
            Attempt<T> attempt;
            try {
                attempt = new Attempt<>(service, transport, request, copy);
            } catch (CircuitOpenException rejected) {
                withdraw();
                service.totals().rejected.increment();
                if (previousFailure != null) {
                    rejected.addSuppressed(previousFailure);
                }
                // retried only if the rule of the retries names rejections
                again(retries ? waitAfter(rejected, 0) : Retry.NO, rejected);
                return;
            }
            if (paid.getAndSet(false)) {
                service.retry().repeats();
                service.totals().retries.increment();
            }
            current = attempt;
            attempt.done().whenComplete((response, thrown) -> ended(attempt, response, thrown));
            if (abandoned == null) {
                attempt.send(limitMillis(), this::reader, this::good);
            }
            Throwable why = abandoned;
            if (why != null) {
                attempt.abandon(why);
            }
        }

        /**
         * Returns the wait before the next attempt, which the budget has then paid for, or {@link Retry#NO}. Pays for
         * nothing if the call ends meanwhile.
         */
        private long waitAfter(Throwable failure, long atLeast) {
            long wait = service.retry().threw(failure, number, started, atLeast);
            if (wait != Retry.NO) {
                paid.set(true);
                stops();
            }
            return wait;
        }

        private BodySubscriber<T> reader(ResponseInfo head) {
            // not with the whole body: its loss undoes no change
            if (service.inForce().lastGoodTtlMillis() > 0
                    && RetryRules.isUnsafe(request.request())
                    && head.statusCode() < 400) {
                service.lastGood().invalidate(request.request().uri());
            }
            decision = decide(head);
            if (!(decision instanceof ResponseDecision.Deliver)) {
                hidden = true;
                return new DiscardedBody<>(null);
            }
            BodySubscriber<T> reader = handler.apply(head);
            hidden = reader != null && COLLECTING.contains(reader.getClass());
            return reader;
        }

        private ResponseDecision decide(ResponseInfo head) {
            if (RetryRules.isTransient(head)) {
                long atLeast =
                        RetryRules.retryAfterNanos(head, transport.clock().instant(), service.inForce());
                long wait = atLeast == Retry.NO || !mayRepeat(Fault.SERVICE)
                        ? Retry.NO
                        : waitAfter(new ServerErrorException(head.statusCode()), atLeast);
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
        private boolean mayRepeat(Fault fault) {
            return retries
                    && (fault.withoutEffect() || RetryRules.isRepeatable(request.request(), service.inForce()))
                    && (fault != Fault.CANCELLED || service.retry().retriesRejections())
                    && request.canBeSent()
                    && !isRejected();
        }

        private boolean isRejected() {
            return service.breaker().rejectsNow() && !service.retry().retriesRejections();
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
            Fault fault = attempt.fault();
            if (stops()) {
                return;
            }
            if (fault == Fault.CALLER) {
                result.completeExceptionally(thrown);
            } else if (decision instanceof ResponseDecision.Repeat repeat) {
                Throwable failure = thrown == null ? new ServerErrorException(response.statusCode()) : thrown;
                again(isRejected() ? 0 : repeat.delayNanos(), failure);
            } else if (decision instanceof ResponseDecision.UseLastGood last) {
                useLastGood(last.kept(), "HTTP " + last.status());
            } else if (thrown == null) {
                result.deliver(response);
            } else if (attempt.headReceived() && !hidden) {
                // the caller's handler may have passed on a part of this body: another one must not be mixed with it
                result.completeExceptionally(thrown);
            } else if (fault == Fault.NO_STREAM && streamWaitNanos < limitMillis() * 1_000_000) {
                waitForStream();
            } else {
                boolean mayRepeat = !(thrown instanceof ResponseTooLargeException) && mayRepeat(fault);
                again(mayRepeat ? waitAfter(thrown, 0) : Retry.NO, thrown);
            }
        }

        /** Sends the request once more after a while, as part of the same attempt: it has not left the client. */
        private void waitForStream() {
            long wait = Math.min(MAX_STREAM_WAIT_NANOS, FIRST_STREAM_WAIT_NANOS + streamWaitNanos);
            after(wait, new Step(number, previousFailure, streamWaitNanos + wait));
        }

        private void again(long delayNanos, Throwable thrown) {
            if (delayNanos == Retry.NO) {
                useLastGoodOrFail(thrown);
            } else {
                after(delayNanos, new Step(number + 1, thrown, 0));
            }
        }
    }

    Call(Service service, Transport transport, HttpRequest request, BodyHandler<T> handler) {
        this.service = service;
        this.transport = transport;
        this.request = new RequestBody(request);
        this.handler = handler;
        this.key = service.inForce().lastGoodTtlMillis() == 0 || !transport.anonymous() ? null : RequestKey.of(request);
        this.retries = !service.retry().isRunningHere();
        this.started = retries ? service.retry().begin() : 0;
    }

    void start() {
        service.totals().requests.increment();
        new Step(1, null, 0).begin();
    }

    /** Gives back what the budget has paid for an attempt that will not begin. */
    private void withdraw() {
        if (paid.getAndSet(false)) {
            service.retry().withdraws();
        }
    }

    /** Notifies the breaker that this thread rethrows a failure that it has counted on another one. */
    void rethrown(Throwable thrown) {
        Attempt<T> last = current;
        if (last != null && last.fault() != null && last.fault().counts()) {
            service.breaker().countedElsewhere(thrown);
        }
    }

    /** Returns how long one attempt may take. */
    private long limitMillis() {
        return request.request()
                .timeout()
                .map(Call::millis)
                .orElseGet(() -> service.inForce().requestTimeoutMillis());
    }

    private static long millis(Duration time) {
        return time.compareTo(Duration.ofDays(1)) > 0 ? Duration.ofDays(1).toMillis() : Math.max(1, time.toMillis());
    }

    /** Returns the future of its caller. */
    CompletableFuture<HttpResponse<T>> result() {
        return result;
    }

    /** Ends it because its client is closed. */
    void cancel() {
        result.completeExceptionally(
                new CancellationException("the client of service " + service.name() + " was closed"));
    }

    private boolean isOver() {
        return abandoned != null || result.isDone();
    }

    /** Returns whether it is over. Then gives back what the budget has paid for an attempt that will not begin. */
    private boolean stops() {
        boolean over = isOver();
        if (over) {
            withdraw();
        }
        return over;
    }

    private void after(long delayNanos, Step next) {
        try {
            cancelTimer = transport.after(delayNanos, next::begin);
        } catch (RuntimeException shutDown) {
            result.completeExceptionally(shutDown);
        }
        if (stops()) {
            cancelTimer.run();
        }
    }

    /** Ends the attempt in flight. There is one only if the caller has ended the call. */
    private void abandon(Throwable why) {
        if (isOver()) {
            return;
        }
        abandoned = why;
        cancelTimer.run();
        withdraw();
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
            kept.replay(request.request(), handler, why, transport.ticker().nanos())
                    .whenComplete((stale, thrown) -> {
                        if (thrown != null) {
                            result.completeExceptionally(thrown);
                        } else if (!result.isDone()) {
                            service.totals().lastGoodHits.increment();
                            service.breaker().fallbackUsed();
                            result.deliver(stale);
                        }
                    });
        } catch (RuntimeException | Error byHandler) {
            result.completeExceptionally(byHandler);
        }
    }
}
