// SPDX-License-Identifier: Apache-2.0
package io.switchgear.http;

import java.net.URI;
import java.net.http.HttpClient.Version;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLSession;

/**
 * The last good response to an equivalent request, used instead of one that failed or was not sent. Its headers are
 * those that it had then, except {@code Age}, which is its age in seconds (RFC 9111).
 *
 * <pre>{@code
 * if (response instanceof StaleResponse<?> stale) {
 *     page.note("as of " + stale.age().toMinutes() + " minutes ago");
 * }
 * }</pre>
 *
 * @since 0.1
 */
public final class StaleResponse<T> implements HttpResponse<T> {
    private final StoredResponse kept;
    private final HttpHeaders headers;
    private final HttpRequest request;
    private final T body;
    private final long ageSeconds;
    private final String why;

    StaleResponse(StoredResponse kept, HttpHeaders headers, HttpRequest request, T body, long ageSeconds, String why) {
        this.kept = kept;
        this.headers = headers;
        this.request = request;
        this.body = body;
        this.ageSeconds = ageSeconds;
        this.why = why;
    }

    /** Returns the time since the service created it, as far as that is known. */
    public Duration age() {
        return Duration.ofSeconds(ageSeconds);
    }

    /** Returns why there is no fresh response: {@code HTTP 503}, or the exception. */
    public String why() {
        return why;
    }

    @Override
    public int statusCode() {
        return kept.status();
    }

    /** Returns the present request, not the one that got this response at first. */
    @Override
    public HttpRequest request() {
        return request;
    }

    @Override
    public Optional<HttpResponse<T>> previousResponse() {
        return Optional.empty();
    }

    @Override
    public HttpHeaders headers() {
        return headers;
    }

    @Override
    public T body() {
        return body;
    }

    @Override
    public Optional<SSLSession> sslSession() {
        return Optional.empty();
    }

    @Override
    public URI uri() {
        return kept.uri();
    }

    @Override
    public Version version() {
        return kept.version();
    }

    @Override
    public String toString() {
        return "stale by " + ageSeconds + " s, as " + why + ": " + request.method() + " " + statusCode();
    }
}
