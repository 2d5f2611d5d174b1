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
 * What two requests have in common that may get the same response: the address and all headers, except some that are
 * known to be different each time and to matter to nobody. Whatever else may name a user keeps users apart.
 */
record RequestKey(URI uri, Map<String, List<String>> headers) {
    // in lower case
    private static final Set<String> OF_ONE_USER = Set.of("authorization", "cookie", "proxy-authorization");
    private static final Set<String> OF_NO_MATTER = Set.of(
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
    private static final List<String> FORBIDDING = List.of("no-store", "no-cache", "private", "must-revalidate");

    /** {@code null} if no response to {@code request} may be kept for another. */
    static RequestKey of(HttpRequest request) {
        // what is asked in a body is not in the key
        if (!"GET".equals(request.method()) || request.bodyPublisher().isPresent()) {
            return null;
        }
        Map<String, List<String>> headers = new TreeMap<>();
        for (Map.Entry<String, List<String>> header : request.headers().map().entrySet()) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (OF_ONE_USER.contains(name)) {
                return null;
            }
            if (!OF_NO_MATTER.contains(name)) {
                headers.put(name, header.getValue());
            }
        }
        return new RequestKey(request.uri(), headers);
    }

    /** Whether a response with these headers may be kept for the next request that has this key, by RFC 9111. */
    static boolean mayKeep(int status, HttpHeaders response) {
        return status >= 200
                && status < 300
                && values(response, "Cache-Control").stream()
                        .noneMatch(directive -> FORBIDDING.stream().anyMatch(directive::startsWith))
                && values(response, "Vary").stream()
                        .noneMatch(
                                name -> name.equals("*") || OF_NO_MATTER.contains(name) || OF_ONE_USER.contains(name))
                // a response that logs somebody in is for that one alone
                && response.firstValue("Set-Cookie").isEmpty();
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
