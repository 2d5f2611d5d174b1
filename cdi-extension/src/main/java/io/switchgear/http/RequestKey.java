// SPDX-License-Identifier: Apache-2.0
package io.switchgear.http;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The address and the headers of a request; requests with equal keys may get the same response. Headers that are known
 * to differ each time and not to affect the response are left out. Any other header that may identify a user keeps the
 * users apart.
 */
record RequestKey(URI uri, Map<String, List<String>> headers) {
    // in lower case
    private static final Set<String> USER_HEADERS = Set.of("authorization", "cookie", "proxy-authorization");
    private static final Set<String> IGNORED_HEADERS = Set.of(
            "user-agent",
            "traceparent",
            "tracestate",
            "b3",
            "x-b3-traceid",
            "x-b3-spanid",
            "x-b3-parentspanid",
            "x-b3-sampled",
            "x-b3-flags",
            "uber-trace-id",
            "x-request-id",
            "x-correlation-id");
    // s-maxage includes proxy-revalidate, and the users of an application share its responses
    private static final List<String> FORBIDDING_DIRECTIVES =
            List.of("no-store", "no-cache", "private", "must-revalidate", "proxy-revalidate", "s-maxage");
    // of a request: no response to it is stored, or it accepts no stale one
    private static final List<String> FORBIDDING_REQUEST_DIRECTIVES =
            List.of("no-store", "no-cache", "max-age", "min-fresh");
    // whole representations: a 202, for example, says that there is none yet
    private static final Set<Integer> KEPT_STATUS = Set.of(200, 203, 204);
    private static final int MAX_CHARS = 8 * 1024;
    private static final int CHARS_PER_OBJECT = 50;

    /** Returns the key of {@code request}; {@code null} if no response to it may be kept for another. */
    static RequestKey of(HttpRequest request) {
        // the key does not cover a body
        if (!"GET".equals(request.method()) || request.bodyPublisher().isPresent()) {
            return null;
        }
        Map<String, List<String>> headers = new TreeMap<>();
        for (Map.Entry<String, List<String>> header : request.headers().map().entrySet()) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (USER_HEADERS.contains(name)) {
                return null;
            }
            if (!IGNORED_HEADERS.contains(name)) {
                headers.put(name, header.getValue());
            }
        }
        if (has(request.headers(), "Cache-Control", FORBIDDING_REQUEST_DIRECTIVES)
                || has(request.headers(), "Pragma", List.of("no-cache"))) {
            return null;
        }
        RequestKey key = new RequestKey(request.uri(), headers);
        return key.chars() > MAX_CHARS ? null : key;
    }

    /** Returns about how many characters of memory it takes. */
    int chars() {
        return uri.toString().length() + chars(headers);
    }

    static int chars(Map<String, List<String>> headers) {
        int chars = 0;
        for (Map.Entry<String, List<String>> header : headers.entrySet()) {
            chars += CHARS_PER_OBJECT + header.getKey().length();
            for (String value : header.getValue()) {
                chars += CHARS_PER_OBJECT + value.length();
            }
        }
        return chars;
    }

    /** Returns whether RFC 9111 lets a response with these headers be kept for the next request with its key. */
    static boolean mayKeep(int status, HttpHeaders response) {
        return KEPT_STATUS.contains(status)
                && !has(response, "Cache-Control", FORBIDDING_DIRECTIVES)
                && values(response, "Vary").stream()
                        .noneMatch(name ->
                                name.equals("*") || IGNORED_HEADERS.contains(name) || USER_HEADERS.contains(name))
                // a response that logs a user in is for that user alone
                && response.firstValue("Set-Cookie").isEmpty();
    }

    private static boolean has(HttpHeaders headers, String name, List<String> directives) {
        return values(headers, name).stream()
                .anyMatch(value -> directives.stream().anyMatch(value::startsWith));
    }

    private static List<String> values(HttpHeaders headers, String name) {
        List<String> values = new ArrayList<>();
        for (String line : headers.allValues(name)) {
            for (String value : List.of(line.toLowerCase(Locale.ROOT).split(",", -1))) {
                values.add(value.strip());
            }
        }
        return values;
    }
}
