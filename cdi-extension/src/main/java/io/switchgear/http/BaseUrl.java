// SPDX-License-Identifier: Apache-2.0
package io.switchgear.http;

import java.net.URI;
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
                    "the url of service " + name + " " + problem + " but was " + withoutPassword(url));
        }
        return new BaseUrl(URI.create(url.toString().replaceFirst("/+$", "")));
    }

    /** Returns the URL as logs and consoles may show it. */
    private static String withoutPassword(URI url) {
        return url.toString().replaceFirst("//[^/?#]*:[^/?#]*@", "//***@");
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
     * Returns the address of {@code path}.
     *
     * @param path with or without a leading slash; may have a query
     * @throws IllegalArgumentException if it is not a path, or leads elsewhere
     */
    URI resolve(String path) {
        if (path.startsWith("//") || path.startsWith("\\") || path.startsWith("/\\")) {
            throw new IllegalArgumentException("a path below " + url + " must not name another host but was " + path);
        }
        URI resolved;
        try {
            boolean joined = path.isEmpty() || path.startsWith("/") || path.startsWith("?");
            resolved = URI.create(url + (joined ? "" : "/") + path);
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException(
                    "a path below " + url + " must be written as in a URL, with other characters as %XX, but was "
                            + path,
                    malformed);
        }
        if (isUrl(path) || !contains(resolved)) {
            throw new IllegalArgumentException(
                    "a path must stay below " + url + ", without .. and without a host, but was " + path);
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
