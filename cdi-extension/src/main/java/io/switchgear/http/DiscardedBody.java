// SPDX-License-Identifier: Apache-2.0
package io.switchgear.http;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/**
 * Reads and discards a body, so that its connection can serve the next request. Closes the connection if the body is so
 * long that opening another one takes less time. Its own body is {@code null}, or a failure.
 */
final class DiscardedBody<T> implements BodySubscriber<T> {
    private static final long MAX_BYTES = 64 * 1024;

    private final CompletableFuture<T> body = new CompletableFuture<>();
    private final Throwable failure;
    private Subscription source;
    private long read;

    /** @param failure why there is no body; {@code null} if none is expected */
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
        if (read > MAX_BYTES) {
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
