// SPDX-License-Identifier: Apache-2.0
package io.switchgear.http;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;

/**
 * The request of a call with a wrapper of its body, if it has one: it knows whether the body can be sent again, and
 * whether the caller's publisher has failed or is late. A body that can be sent once is refused the second time, also
 * where the JDK's client itself repeats the request.
 */
final class RequestBody implements BodyPublisher {
    // classes of the JDK; those of any other publisher may yield their bytes once, or others the next time
    private static final Set<String> REPEATABLE =
            Set.of("EmptyPublisher", "ByteArrayPublisher", "StringPublisher", "FilePublisher");

    private final HttpRequest request;
    // null if the request has no body
    private final BodyPublisher publisher;
    private volatile boolean used;
    private volatile boolean unknownLength;
    // of the present attempt; null until it sends the body
    private volatile Sending sending;

    RequestBody(HttpRequest given) {
        this.publisher = given.bodyPublisher().orElse(null);
        this.request = publisher == null
                ? given
                : HttpRequest.newBuilder(given, (name, value) -> true)
                        .method(given.method(), this)
                        .build();
    }

    /** Returns the request to send. */
    HttpRequest request() {
        return request;
    }

    /** Begins a further attempt: what the publisher did in earlier ones no longer matters. */
    void beginAttempt() {
        sending = null;
    }

    /** Returns whether the whole body can be sent now: it was never sent, or is known to be the same each time. */
    boolean canBeSent() {
        return !used || isRepeatable();
    }

    private boolean isRepeatable() {
        Class<?> type = publisher.getClass();
        return type.getModule() == HttpClient.class.getModule() && REPEATABLE.contains(type.getSimpleName());
    }

    /** Returns whether the caller's publisher has failed, or has published another length than it announced. */
    boolean failed() {
        Sending present = sending;
        return unknownLength || (present != null && present.failed);
    }

    /** Returns whether the caller's publisher is slow, and not the service. */
    boolean waitsForPublisher() {
        Sending present = sending;
        return present != null && !present.over && (present.source == null || !present.requested.isEmpty());
    }

    @Override
    public long contentLength() {
        try {
            return publisher.contentLength();
        } catch (RuntimeException | Error thrown) {
            unknownLength = true;
            throw thrown;
        }
    }

    @Override
    public void subscribe(Subscriber<? super ByteBuffer> client) {
        boolean possible = canBeSent();
        Sending present = new Sending(client);
        sending = present;
        used = true;
        if (!possible) {
            present.refuse(new IOException(
                    "the HTTP client had to send " + request.method() + " again, but its body can be sent once"));
            return;
        }
        try {
            publisher.subscribe(present);
        } catch (RuntimeException | Error thrown) {
            // otherwise the JDK's client might wait for the body
            present.refuse(thrown);
        }
    }

    /** One transfer of the body from the publisher to the JDK's client. */
    private final class Sending implements Subscriber<ByteBuffer>, Subscription {
        private final Subscriber<? super ByteBuffer> client;
        private final long length = contentLength();
        private final Demand requested = new Demand();
        private volatile Subscription source;
        private volatile boolean over;
        private volatile boolean failed;
        private long published;

        Sending(Subscriber<? super ByteBuffer> client) {
            this.client = client;
        }

        void refuse(Throwable why) {
            if (source == null) {
                client.onSubscribe(this);
            }
            onError(why);
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            source = subscription;
            client.onSubscribe(this);
        }

        @Override
        public void onNext(ByteBuffer part) {
            requested.received();
            published += part.remaining();
            if (length > 0 && published > length) {
                failed = true;
            }
            client.onNext(part);
        }

        @Override
        public void onError(Throwable thrown) {
            failed = true;
            over = true;
            client.onError(thrown);
        }

        @Override
        public void onComplete() {
            if (length > 0 && published < length) {
                failed = true;
            }
            over = true;
            client.onComplete();
        }

        @Override
        public void request(long n) {
            requested.add(n);
            Subscription present = source;
            if (present != null) {
                try {
                    present.request(n);
                } catch (RuntimeException | Error thrown) {
                    failed = true;
                    throw thrown;
                }
            }
        }

        @Override
        public void cancel() {
            Subscription present = source;
            if (present != null) {
                present.cancel();
            }
        }
    }
}
