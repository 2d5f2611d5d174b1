// SPDX-License-Identifier: Apache-2.0
package io.switchgear.http;

import java.net.http.HttpResponse.ResponseInfo;
import java.util.regex.Pattern;

/**
 * The limit of the body of one response. Intentional: it does not refer to the attempt, since the JDK's client keeps it
 * with the connection.
 *
 * @param method of the request
 * @param maxBytes 0 if there is no limit
 */
record BodyLimit(String service, String method, long maxBytes) {
    private static final Pattern NUMBER = Pattern.compile("0*([0-9]+)");
    private static final int MAX_DIGITS = 18;

    boolean isExceededBy(long bytes) {
        return maxBytes > 0 && bytes > maxBytes;
    }

    /** Returns whether the response announces a body that is too long. */
    boolean isExceededBy(ResponseInfo head) {
        // these announce the length of a body that they do not have
        if (method.equals("HEAD") || head.statusCode() == 304) {
            return false;
        }
        return head.headers()
                .firstValue("Content-Length")
                .map(text -> NUMBER.matcher(text.strip()))
                .filter(number -> number.matches())
                .map(number -> number.group(1))
                .filter(digits -> digits.length() > MAX_DIGITS ? maxBytes > 0 : isExceededBy(Long.parseLong(digits)))
                .isPresent();
    }

    ResponseTooLargeException exceeded() {
        return new ResponseTooLargeException(service, method, maxBytes);
    }
}
