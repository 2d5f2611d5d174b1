// SPDX-License-Identifier: Apache-2.0
package io.switchgear.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A path with placeholders such as <code>/orders/{id}?from={date}</code>. A value is encoded, so that it stays within
 * its segment or query parameter.
 */
record PathTemplate(String path) {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{[^{}/?#]*}");

    /**
     * Returns the path with {@code values} instead of its placeholders, in order.
     *
     * @throws IllegalArgumentException if there are not as many, or if a value would lead to another path
     */
    String expand(Object... values) {
        Matcher placeholders = PLACEHOLDER.matcher(path);
        long count = placeholders.results().count();
        if (count != values.length) {
            throw new IllegalArgumentException("a path must have a placeholder, as in /orders/{id}, for each value, but"
                    + " there are " + count + " and " + values.length);
        }
        int query = path.indexOf('?');
        int[] next = {0};
        return placeholders.replaceAll(placeholder -> {
            int i = next[0]++;
            String value = String.valueOf(values[i]);
            boolean inPath = query < 0 || placeholder.start() < query;
            boolean otherPath = inPath && (value.isEmpty() || value.equals(".") || value.equals(".."));
            if (values[i] == null || otherPath || !UTF_8.newEncoder().canEncode(value)) {
                throw new IllegalArgumentException("value " + (i + 1)
                        + " of a path must not be null, empty, ., .. or with half a surrogate pair, which would lead to"
                        + " another path");
            }
            return encoded(value);
        });
    }

    /** Encodes all but the unreserved characters of RFC 3986, 2.3; the JDK encodes a form, where a few differ. */
    private static String encoded(String value) {
        return URLEncoder.encode(value, UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }
}
