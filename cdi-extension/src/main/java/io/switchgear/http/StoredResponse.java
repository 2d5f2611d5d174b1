// SPDX-License-Identifier: Apache-2.0
package io.switchgear.http;

import java.net.URI;
import java.net.http.HttpClient.Version;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/**
 * A response that is kept. Its body is kept as bytes, and the handler of each caller reads it again: another caller may
 * want another type, and no caller can change the body that the next one gets.
 *
 * @param storedNanos the time at which it was stored, by the ticker
 * @param ageSeconds its age at that time, by its own {@code Age}
 */
record StoredResponse(
        URI uri, int status, HttpHeaders headers, Version version, BodyCopy body, long storedNanos, long ageSeconds) {

    private static final int OVERHEAD = 500;

    static StoredResponse of(HttpResponse<?> response, BodyCopy body, long nanos) {
        long age = response.headers()
                .firstValue("Age")
                .filter(text -> text.matches("[0-9]{1,9}"))
                .map(Long::parseLong)
                .orElse(0L);
        return new StoredResponse(
                response.uri(), response.statusCode(), response.headers(), response.version(), body, nanos, age);
    }

    /** Returns about how many bytes it takes: the body, and two for each character of address and headers. */
    long size() {
        return body.bytes().length + OVERHEAD + 2L * (uri.toString().length() + RequestKey.chars(headers.map()));
    }

    long storedMillisAgo(long nanos) {
        return (nanos - storedNanos) / 1_000_000;
    }

    /**
     * Returns it as the response to {@code request}.
     *
     * @param why the reason why there is no fresh response
     */
    <T> CompletionStage<HttpResponse<T>> replay(HttpRequest request, BodyHandler<T> handler, String why, long nanos) {
        long age = ageSeconds + storedMillisAgo(nanos) / 1_000;
        Map<String, List<String>> shown = new HashMap<>(headers.map());
        shown.keySet().removeIf("Age"::equalsIgnoreCase);
        shown.put("Age", List.of(String.valueOf(age)));
        HttpHeaders aged = HttpHeaders.of(shown, (name, value) -> true);
        BodySubscriber<T> reader = handler.apply(new Info(status, aged, version));
        reader.onSubscribe(new Replay(reader));
        return reader.getBody().thenApply(read -> new StaleResponse<>(this, aged, request, read, age, why));
    }

    private record Info(int statusCode, HttpHeaders headers, Version version) implements HttpResponse.ResponseInfo {}

    /** Passes the whole body to a reader on its first request. */
    private final class Replay implements Subscription {
        private final BodySubscriber<?> reader;
        private boolean delivered;

        Replay(BodySubscriber<?> reader) {
            this.reader = reader;
        }

        @Override
        public void request(long n) {
            if (!delivered) {
                delivered = true;
                byte[] bytes = body.bytes();
                if (bytes.length > 0) {
                    reader.onNext(List.of(ByteBuffer.wrap(bytes).asReadOnlyBuffer()));
                }
                reader.onComplete();
            }
        }

        @Override
        public void cancel() {
            delivered = true;
        }
    }
}
