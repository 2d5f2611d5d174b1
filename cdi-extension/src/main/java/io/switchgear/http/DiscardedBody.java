package io.switchgear.http;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/**
 * Reads a body that nobody wants, so that its connection can serve the next request; ends the connection if the body is
 * longer than making another one would take. Its own body is {@code null}, or a failure.
 */
final class DiscardedBody<T> implements BodySubscriber<T> {
    private static final long WORTH_READING = 64 * 1024;

    private final CompletableFuture<T> body = new CompletableFuture<>();
    private final Throwable failure;
    private Subscription source;
    private long read;

    /** @param failure why there will be no body; {@code null} if none is expected */
    DiscardedBody(Throwable failure) {
        this.failure = failure;
    }

    @Override
    public CompletionStage<T> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        source = subscription;
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            read += buffer.remaining();
        }
        if (read > WORTH_READING) {
            source.cancel();
            onComplete();
        }
    }

    @Override
    public void onError(Throwable thrown) {
        body.completeExceptionally(thrown);
    }

    @Override
    public void onComplete() {
        if (failure == null) {
            body.complete(null);
        } else {
            body.completeExceptionally(failure);
        }
    }
}
