// SPDX-License-Identifier: Apache-2.0
package io.switchgear.rest;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A problem by RFC 9457, without a separate type.
 *
 * @param detail a constant, in ASCII and without a character that JSON would escape
 */
record Problem(Status status, String detail) {
    static final Problem UNAVAILABLE = new Problem(
            Status.SERVICE_UNAVAILABLE, "The service cannot handle this request at present. Please try again later.");

    static final Problem TIMEOUT =
            new Problem(Status.GATEWAY_TIMEOUT, "The service took too long to handle this request.");

    /** Instead of a time after which the client should try again. */
    static final long UNKNOWN = -1;

    static final MediaType JSON = new MediaType("application", "problem+json");
    private static final long SECOND = 1_000;

    /**
     * Returns the response: with this problem in JSON if the client accepts that, else as plain text if it accepts
     * that, else without a body.
     *
     * @param headers those of the request
     * @param retryAfterMillis the time after which the client should try again; negative if it is not known
     */
    Response response(HttpHeaders headers, long retryAfterMillis) {
        Response.ResponseBuilder response = Response.status(status);
        retryAfter(retryAfterMillis).ifPresent(seconds -> response.header(HttpHeaders.RETRY_AFTER, seconds));
        // bytes, as writers of JSON would put a string in quotes
        bodyType(headers.getAcceptableMediaTypes())
                .ifPresent(type -> response.type(type).entity(body(type).getBytes(StandardCharsets.UTF_8)));
        return response.build();
    }

    /** Returns the seconds after which the client should try again, at least 1; empty if they are not known. */
    static Optional<Long> retryAfter(long millis) {
        return millis < 0 ? Optional.empty() : Optional.of(Math.max(1, (millis + SECOND - 1) / SECOND));
    }

    /** Returns the type of the body; empty if the client accepts none. */
    static Optional<MediaType> bodyType(List<MediaType> accepted) {
        boolean acceptsJson =
                Stream.of(JSON, MediaType.APPLICATION_JSON_TYPE).anyMatch(json -> accepts(accepted, json));
        return Optional.of(acceptsJson ? JSON : MediaType.TEXT_PLAIN_TYPE)
                .filter(type -> acceptsJson || accepts(accepted, type));
    }

    private static boolean accepts(List<MediaType> accepted, MediaType type) {
        return accepted.stream().anyMatch(each -> each.isCompatible(type) && !isRefusal(each))
                && accepted.stream().noneMatch(each -> hasType(each, type) && isRefusal(each));
    }

    private static boolean hasType(MediaType one, MediaType other) {
        return one.getType().equalsIgnoreCase(other.getType())
                && one.getSubtype().equalsIgnoreCase(other.getSubtype());
    }

    /** Returns whether a client lists a type as one that it does not accept, as {@code text/html;q=0} does. */
    private static boolean isRefusal(MediaType listed) {
        return listed.getParameters().getOrDefault("q", "1").matches("0(\\.0*)?");
    }

    String body(MediaType type) {
        return type.equals(JSON)
                ? "{\"type\":\"about:blank\",\"title\":\"" + status.getReasonPhrase() + "\",\"status\":"
                        + status.getStatusCode() + ",\"detail\":\"" + detail + "\"}"
                : detail;
    }
}
