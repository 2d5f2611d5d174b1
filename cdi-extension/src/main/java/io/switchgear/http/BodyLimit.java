// SPDX-License-Identifier: Apache-2.0
package io.switchgear.http;

import java.net.http.HttpHeaders;
import java.util.regex.Pattern;

/**
 * The limit of the body of one response. Intentional: it does not refer to the attempt, since the JDK's client keeps it
 * with the connection.
 *
 * @param method of the request
 * @param status of the response
 * @param maxResponseBytes 0 if there is no limit
 */
record BodyLimit(String service, String method, int status, long maxResponseBytes) {
    private static final Pattern NUMBER = Pattern.compile("0*([0-9]+)");
    private static final int MAX_DIGITS = 18;
    // a response that is a failure is read without a permit, so that maxConcurrentCalls does not limit their number
    private static final long MAX_BYTES_OF_FAILURE = 1_000_000;

    private long maxBytes() {
        return status >= 500 ? Math.min(maxResponseBytes, MAX_BYTES_OF_FAILURE) : maxResponseBytes;
    }

    boolean isExceededBy(long bytes) {
        return maxResponseBytes > 0 && bytes > maxBytes();
    }

    /** Returns whether the response announces a body that is too long. */
    boolean isExceededBy(HttpHeaders headers) {
        // these announce the length of a body that they do not have
        if (method.equals("HEAD") || status == 304) {
            return false;
        }
        return headers.firstValue("Content-Length")
                .map(text -> NUMBER.matcher(text.strip()))
                .filter(number -> number.matches())
                .map(number -> number.group(1))
                .filter(digits ->
                        digits.length() > MAX_DIGITS ? maxResponseBytes > 0 : isExceededBy(Long.parseLong(digits)))
                .isPresent();
    }

    ResponseTooLargeException exceeded() {
        long max = maxBytes();
        return new ResponseTooLargeException(
                service,
                method,
                max,
                max < maxResponseBytes
                        ? "with a status of " + status + " it may be no longer"
                        : "raise maxResponseBytes of the service if it may be that long");
    }
}
