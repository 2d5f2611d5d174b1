package io.switchgear.http;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands between the connection and the caller's reader: knows when the body is complete or broken, and can end it.
 * Without this, nothing but its caller could end a body that is read as a stream.
 */
final class WatchedBody<T> implements BodySubscriber<T> {
    private final BodySubscriber<T> reader;
    private final BodyCopy copy;
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    // whether the reader is being told something; stays so once it was told the end. It may be told one thing at a
    // time, and no lock will do, since nobody knows how long a reader takes
    private final AtomicBoolean telling = new AtomicBoolean(true);
    private final AtomicLong wanted = new AtomicLong();
    private volatile Subscription source;
    private volatile Throwable aborted;

    /** @param copy gets the body as well; {@code null} if nobody wants one */
    WatchedBody(BodySubscriber<T> reader, BodyCopy copy) {
        this.reader = reader;
        this.copy = copy;
    }

    /** Completes with the body, also when the reader had enough of it; fails if the connection does. */
    CompletableFuture<Void> over() {
        return over;
    }

    /** Whether it is the reader that is slow, and not the service. */
    boolean waitsForReader() {
        return source != null && wanted.get() == 0;
    }

    /** Ends it, unless it is over; the connection is closed, and the reader told why. */
    void abort(Throwable why) {
        aborted = why;
        over.completeExceptionally(why);
        Subscription present = source;
        if (present != null) {
            present.cancel();
        }
        tellAborted();
    }

    private void tellAborted() {
        if (telling.compareAndSet(false, true)) {
            reader.onError(aborted);
        }
    }

    private void told() {
        telling.set(false);
        if (aborted != null) {
            tellAborted();
        }
    }

    @Override
    public CompletionStage<T> getBody() {
        return reader.getBody();
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        source = subscription;
        if (aborted != null) {
            subscription.cancel();
        }
        reader.onSubscribe(new Demand(subscription));
        told();
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        if (telling.compareAndSet(false, true)) {
            wanted.decrementAndGet();
            if (copy != null) {
                copy.add(buffers);
            }
            try {
                reader.onNext(buffers);
            } finally {
                told();
            }
        }
    }

    @Override
    public void onError(Throwable thrown) {
        over.completeExceptionally(thrown);
        if (telling.compareAndSet(false, true)) {
            // a connection that is closed by an abort may tell of that before the abort itself does
            Throwable why = aborted;
            reader.onError(why == null ? thrown : why);
        }
    }

    @Override
    public void onComplete() {
        if (telling.compareAndSet(false, true)) {
            if (copy != null) {
                copy.complete();
            }
            over.complete(null);
            reader.onComplete();
        }
    }

    private final class Demand implements Subscription {
        private final Subscription connection;

        Demand(Subscription connection) {
            this.connection = connection;
        }

        @Override
        public void request(long n) {
            wanted.getAndUpdate(before -> before + n < 0 ? Long.MAX_VALUE : before + n);
            connection.request(n);
        }

        /** The reader had enough: the service has done its part. */
        @Override
        public void cancel() {
            // in this order, since the connection may tell of its end as of an error
            over.complete(null);
            connection.cancel();
        }
    }
}
