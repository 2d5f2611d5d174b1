// SPDX-License-Identifier: Apache-2.0
package io.switchgear.example;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Lets only pages of this machine use the shop, where every visitor may break the backend. Intentional: it compares
 * names, not addresses. A page of the web can make a browser on this machine send requests here, by a name that it
 * controls, but it cannot choose the {@code Host} and {@code Origin} that the browser sends with them.
 */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class AccessFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");
    private static final int MAX_BODY_BYTES = 1_000;

    private final TreeSet<String> hosts = new TreeSet<>(LOOPBACK);

    /** Also lets those hosts in that the system property {@code shop.hosts} has, separated by commas. */
    @Override
    public void init() {
        for (String host : System.getProperty("shop.hosts", "").split(",", -1)) {
            hosts.add(host.strip().toLowerCase(Locale.ROOT));
        }
        hosts.remove("");
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        response.setHeader("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'");
        response.setHeader("X-Content-Type-Options", "nosniff");
        if (!hosts.contains(request.getServerName().toLowerCase(Locale.ROOT))) {
            refuse(response, 403, "the shop is for requests to this machine; see the system property shop.hosts");
        } else if (isCrossSite(request)) {
            refuse(response, 403, "the shop is for its own page, not for pages of other sites");
        } else if (hasBody(request) && request.getContentLengthLong() > MAX_BODY_BYTES) {
            refuse(response, 413, "the body must be at most " + MAX_BODY_BYTES + " bytes");
        } else if (hasBody(request) && request.getContentLengthLong() < 0) {
            refuse(response, 411, "the body must have a Content-Length");
        } else {
            chain.doFilter(request, response);
        }
    }

    /** Returns whether a browser says that the page of another site sends this request; other clients say nothing. */
    private static boolean isCrossSite(HttpServletRequest request) {
        String origin = request.getHeader("Origin");
        String site = request.getHeader("Sec-Fetch-Site");
        return (origin != null && !origin.equals(originOf(request)))
                || (site != null && hasBody(request) && !site.equals("same-origin"));
    }

    private static String originOf(HttpServletRequest request) {
        String host = request.getHeader("Host");
        return host == null ? "" : request.getScheme() + "://" + host;
    }

    private static boolean hasBody(HttpServletRequest request) {
        return !Set.of("GET", "HEAD", "OPTIONS").contains(request.getMethod());
    }

    /** Returns whether a host that a client requests is this machine under its own name. */
    static boolean isLoopback(String host) {
        return LOOPBACK.contains(host.toLowerCase(Locale.ROOT));
    }

    static void refuse(HttpServletResponse response, int status, String why) throws IOException {
        response.setStatus(status);
        response.setContentType("application/json");
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.getWriter().write("{\"error\":\"" + why + "\"}");
    }
}
