// SPDX-License-Identifier: Apache-2.0
package io.switchgear.http;

import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A wrapper of the caller's reader: it knows when the body is complete or broken, and can end it. Without it, only the
 * caller could end a body that is read as a stream.
 */
final class WatchedBody<T> implements BodySubscriber<T> {
    private final BodySubscriber<T> reader;
    private final BodyCopy copy;
    private final BodyLimit limit;
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    // true during each call of the reader, and for good after the last one. Calls must not overlap, and a lock is not
    // an option, since a reader may take any time
    private final AtomicBoolean busy = new AtomicBoolean(true);
    private final Demand requested = new Demand();
    private volatile Subscription source;
    // not before the reader could request anything: a limit that ends meanwhile was spent by the service
    private volatile boolean subscribed;
    private volatile Throwable aborted;
    private long bytes;

    /** @param copy receives the body as well; {@code null} if no copy is needed */
    WatchedBody(BodySubscriber<T> reader, BodyCopy copy, BodyLimit limit) {
        this.reader = reader;
        this.copy = copy;
        this.limit = limit;
    }

    /** Ends a body that is announced to be too large, before a byte of it is read. */
    void announced(ResponseInfo head) {
        if (limit.isExceededBy(head.headers())) {
            abort(limit.exceeded());
        }
    }

    /** Returns why it was ended before its end; {@code null} if it was not. */
    Throwable abortedBy() {
        return aborted;
    }

    /** Returns whether the client has begun to read the body. */
    boolean hasBegun() {
        return source != null;
    }

    /** Returns a future that completes with the body, or when the reader needs no more; fails with the connection. */
    CompletableFuture<Void> over() {
        return over;
    }

    /** Returns whether the reader is slow, and not the service. */
    boolean waitsForReader() {
        return subscribed && requested.isEmpty();
    }

    /** Ends the body, unless it is over: closes the connection, and passes {@code why} to the reader. */
    void abort(Throwable why) {
        aborted = why;
        over.completeExceptionally(why);
        Subscription present = source;
        if (present != null) {
            present.cancel();
        }
        passAbort();
    }

    private void passAbort() {
        if (busy.compareAndSet(false, true)) {
            reader.onError(aborted);
        }
    }

    private void endCall() {
        busy.set(false);
        if (aborted != null) {
            passAbort();
        }
    }

    /** Ends the body as complete if the reader fails before it: the service has not. */
    @Override
    public CompletionStage<T> getBody() {
        return reader.getBody().whenComplete((read, thrown) -> {
            if (thrown != null) {
                over.complete(null);
            }
        });
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        source = subscription;
        if (aborted != null) {
            subscription.cancel();
        }
        reader.onSubscribe(new Requests(subscription));
        subscribed = true;
        endCall();
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        if (busy.compareAndSet(false, true)) {
            requested.received();
            try {
                for (ByteBuffer buffer : buffers) {
                    bytes += buffer.remaining();
                }
                if (limit.isExceededBy(bytes)) {
                    abort(limit.exceeded());
                    return;
                }
                if (copy != null) {
                    copy.add(buffers);
                }
                reader.onNext(buffers);
            } finally {
                endCall();
            }
        }
    }

    @Override
    public void onError(Throwable thrown) {
        over.completeExceptionally(thrown);
        if (busy.compareAndSet(false, true)) {
            // a connection that an abort closes may report that before the abort itself does
            Throwable why = aborted;
            reader.onError(why == null ? thrown : why);
        }
    }

    @Override
    public void onComplete() {
        if (busy.compareAndSet(false, true)) {
            if (copy != null) {
                copy.complete();
            }
            over.complete(null);
            reader.onComplete();
        }
    }

    private final class Requests implements Subscription {
        private final Subscription connection;

        Requests(Subscription connection) {
            this.connection = connection;
        }

        @Override
        public void request(long n) {
            requested.add(n);
            connection.request(n);
        }

        /** Ends the body as complete: the reader needs no more, and the service has not failed. */
        @Override
        public void cancel() {
            // in this order, since the connection may report its end as an error
            over.complete(null);
            connection.cancel();
        }
    }
}
