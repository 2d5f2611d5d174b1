// SPDX-License-Identifier: Apache-2.0
package io.switchgear.http;

import io.switchgear.message.Address;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The address of a service; all requests to it go to addresses below. Enforces this: a request that goes elsewhere
 * would be judged by the wrong breaker, and a path built from user input must not lead to another host.
 *
 * @param url without slashes at its end
 */
record BaseUrl(URI url) {
    private static final Pattern SEGMENT_ENDS = Pattern.compile("[/\\\\]");

    /**
     * Returns the address of a service.
     *
     * @param name for the message
     * @throws IllegalArgumentException if a service cannot have this {@code url}
     */
    static BaseUrl of(String name, URI url) {
        String problem = problem(url);
        if (problem != null) {
            throw new IllegalArgumentException(
                    "the url of service " + name + " " + problem + " but was " + Address.shown(url.toString()));
        }
        return new BaseUrl(URI.create(url.toString().replaceFirst("/+$", "")));
    }

    private static String problem(URI url) {
        if (!"http".equalsIgnoreCase(url.getScheme()) && !"https".equalsIgnoreCase(url.getScheme())) {
            return "must begin with http:// or https://";
        }
        if (url.getHost() == null) {
            return "must have a host, of letters, digits, dots and hyphens,";
        }
        if (url.getPort() == 0 || url.getPort() > 65_535) {
            return "must have a port >= 1 and <= 65535, or none,";
        }
        if (url.getRawUserInfo() != null) {
            return "must have no user info, which would be seen in logs and consoles,";
        }
        if (url.getRawQuery() != null || url.getRawFragment() != null) {
            return "must have neither query nor fragment";
        }
        return hasParentSegment(url.getRawPath()) ? "must have no .. in its path" : null;
    }

    /**
     * Returns the address of {@code path}. The messages do not have the path, which may contain what must not be
     * logged.
     *
     * @param path with or without a leading slash; may have a query
     * @param values replace the placeholders in it, encoded
     * @throws IllegalArgumentException if it is not a path, or leads elsewhere
     */
    URI resolve(String path, Object... values) {
        if (path.startsWith("//") || path.startsWith("\\") || path.startsWith("/\\")) {
            throw new IllegalArgumentException("a path below " + url + " must not name another host");
        }
        if (path.contains("#")) {
            throw new IllegalArgumentException("a path below " + url
                    + " must have no #, which would end it; pass a value with such characters for a placeholder, as in"
                    + " /orders/{id}");
        }
        String expanded = new PathTemplate(path).expand(values);
        boolean joined = expanded.isEmpty() || expanded.startsWith("/") || expanded.startsWith("?");
        URI resolved;
        try {
            resolved = new URI(url + (joined ? "" : "/") + expanded);
        } catch (URISyntaxException malformed) {
            // without the cause, whose message has the whole address
            throw new IllegalArgumentException("a path below " + url
                    + " must be written as in a URL, with other characters as %XX; pass a value for a placeholder, as in"
                    + " /orders/{id}");
        }
        if (isUrl(expanded) || !contains(resolved)) {
            throw new IllegalArgumentException("a path must stay below " + url + ", without .. and without a host");
        }
        return resolved;
    }

    /** Returns whether {@code address} is that of the service or lies below it. */
    boolean contains(URI address) {
        return address.getHost() != null
                && url.getScheme().equalsIgnoreCase(address.getScheme())
                && url.getHost().equalsIgnoreCase(address.getHost())
                && port(url) == port(address)
                && address.getRawUserInfo() == null
                && isBelow(address.getRawPath());
    }

    private boolean isBelow(String path) {
        String base = url.getRawPath();
        return (path.equals(base) || path.startsWith(base + "/")) && !hasParentSegment(path);
    }

    private static int port(URI address) {
        if (address.getPort() != -1) {
            return address.getPort();
        }
        return "https".equalsIgnoreCase(address.getScheme()) ? 443 : 80;
    }

    /** Returns whether it begins with a scheme: its first slash is that of {@code ://}. */
    private static boolean isUrl(String path) {
        int colon = path.indexOf("://");
        return colon >= 0 && path.indexOf('/') == colon + 1;
    }

    /**
     * Returns whether a server may read a segment of it as {@code ..}: encoded, even repeatedly, or with parameters.
     */
    private static boolean hasParentSegment(String rawPath) {
        return SEGMENT_ENDS
                .splitAsStream(decoded(rawPath))
                .anyMatch(segment -> segment.equals("..") || segment.startsWith("..;"));
    }

    /**
     * Decodes each {@code %XX}, also one that comes about by decoding; in one pass, as a caller may send a long path.
     */
    private static String decoded(String rawPath) {
        StringBuilder decoded = new StringBuilder(rawPath.length());
        for (int i = 0; i < rawPath.length(); i++) {
            decoded.append(rawPath.charAt(i));
            while (endsEncoded(decoded)) {
                int start = decoded.length() - 3;
                char character = (char) HexFormat.fromHexDigits(decoded, start + 1, start + 3);
                decoded.setLength(start);
                decoded.append(character);
            }
        }
        return decoded.toString();
    }

    private static boolean endsEncoded(CharSequence text) {
        int start = text.length() - 3;
        return start >= 0
                && text.charAt(start) == '%'
                && HexFormat.isHexDigit(text.charAt(start + 1))
                && HexFormat.isHexDigit(text.charAt(start + 2));
    }
}
