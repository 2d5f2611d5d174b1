// SPDX-License-Identifier: Apache-2.0
package io.switchgear.http;

import io.switchgear.FailureRule;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Why an attempt has no complete response. Intentional: some are recognised by the text of the exception, since the
 * JDK's client throws a plain {@link IOException} for them.
 */
enum Fault {
    /** The service broke the connection or was late; the request may have taken effect. */
    SERVICE(true, false),
    /** No connection to the service could be established; an unknown host is one of the reasons. */
    UNREACHABLE(true, true),
    /** The connection carries as many requests as the service allows; the request was not sent. */
    NO_STREAM(false, true),
    /** The client has no local port or file left for a connection. */
    NO_CONNECTION(false, true),
    /** The service returned the request without having processed it, as HTTP/2 permits. */
    UNPROCESSED(false, true),
    /** The service closes the connection in an orderly way; whether the request was processed is not known. */
    GOING_AWAY(false, false),
    /** The breaker opened. */
    CANCELLED(false, false),
    /** The client has ended by itself, and another one has replaced it. */
    CLIENT_ENDED(false, false),
    /** Caused by the caller, by a handler or publisher of the caller, or by the end of the client. */
    CALLER(false, false);

    private static final Set<String> END_OF_CLIENT = Set.of("closed", "shutdownNow", "selector manager closed");
    // as the client of earlier versions of the JDK reports it
    private static final String REFUSED_STREAM = "Stream not processed";
    private static final int MAX_CAUSES = 20;

    private final boolean counts;
    private final boolean withoutEffect;

    Fault(boolean counts, boolean withoutEffect) {
        this.counts = counts;
        this.withoutEffect = withoutEffect;
    }

    /** Returns whether it is a failure of the service. */
    boolean counts() {
        return counts;
    }

    /** Returns whether the request has certainly taken no effect, so that even a {@code POST} may be sent again. */
    boolean withoutEffect() {
        return withoutEffect;
    }

    /** Returns the fault that the JDK's client reports by {@code thrown}. */
    static Fault of(Throwable thrown) {
        if (!(thrown instanceof IOException)) {
            // the client could not open a socket
            return thrown instanceof InternalError && thrown.getCause() instanceof IOException ? NO_CONNECTION : CALLER;
        }
        if (FailureRule.isInterruption(thrown)) {
            return CALLER;
        }
        if (isCausedByBind(thrown)) {
            return NO_CONNECTION;
        }
        if (thrown instanceof ConnectException || thrown instanceof HttpConnectTimeoutException) {
            return UNREACHABLE;
        }
        return ofMessage(String.valueOf(thrown.getMessage()));
    }

    private static Fault ofMessage(String message) {
        if (message.equals("too many concurrent streams")) {
            return NO_STREAM;
        }
        if (message.equals("request not processed by peer") || message.endsWith(REFUSED_STREAM)) {
            return UNPROCESSED;
        }
        if (message.endsWith("GOAWAY received")) {
            return GOING_AWAY;
        }
        return END_OF_CLIENT.contains(message) ? CALLER : SERVICE;
    }

    /** Returns whether {@code thrown} reports that the client sends no more requests. */
    static boolean isEndOfClient(Throwable thrown) {
        // a reader of the caller can throw unchecked exceptions alone
        return thrown instanceof IOException
                && causes(thrown)
                        .anyMatch(cause -> cause instanceof IOException
                                && END_OF_CLIENT.contains(String.valueOf(cause.getMessage())));
    }

    private static boolean isCausedByBind(Throwable thrown) {
        return causes(thrown).anyMatch(BindException.class::isInstance);
    }

    private static Stream<Throwable> causes(Throwable thrown) {
        return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause).limit(MAX_CAUSES);
    }
}
