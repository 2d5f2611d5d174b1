// SPDX-License-Identifier: Apache-2.0
package io.switchgear.http;

import io.switchgear.message.Message;
import java.net.http.HttpClient;
import java.util.function.Supplier;

/**
 * The JDK's client, and its replacement by a new one. A client whose own thread has ended, as by an
 * {@link OutOfMemoryError}, fails every further request. A response whose head cannot be read leaves its connection
 * open until the client itself is gone. A replaced client ends when it is collected, and closes its connections then.
 */
final class RenewableClient {
    static final int MAX_LEFT_OPEN = 20;

    // null if it is the application's: only the application can create another one
    private final Supplier<HttpClient> another;
    private volatile HttpClient present;
    private int leftOpen;
    private boolean logged;

    private RenewableClient(HttpClient first, Supplier<HttpClient> another) {
        this.present = first;
        this.another = another;
    }

    /** Returns the client of an application, which is never replaced. */
    static RenewableClient of(HttpClient given) {
        return new RenewableClient(given, null);
    }

    static RenewableClient of(Supplier<HttpClient> source) {
        return new RenewableClient(source.get(), source);
    }

    HttpClient present() {
        return present;
    }

    /** Returns whether a request failed because {@code used} has ended by itself. If so, another client replaces it. */
    boolean replacedAfter(HttpClient used, Throwable thrown) {
        if (another == null || !Fault.isEndOfClient(thrown)) {
            return false;
        }
        synchronized (this) {
            if (used == present && renews(thrown)) {
                Message.CLIENT_REPLACED.log("its thread has ended; requests that were pending have failed");
            }
        }
        return true;
    }

    /**
     * Counts a connection that {@code used} cannot close after {@code failure}. If there are too many, another client
     * replaces it.
     */
    synchronized void leavesConnectionOpen(HttpClient used, Throwable failure) {
        if (another == null || used != present || ++leftOpen < MAX_LEFT_OPEN) {
            return;
        }
        if (renews(failure) && !logged) {
            logged = true;
            Message.CLIENT_REPLACED.log("responses with a head that cannot be read have left " + MAX_LEFT_OPEN
                    + " connections open; further replacements for this reason are not logged");
        }
    }

    /**
     * Returns whether another client could be created, for which memory or files may be lacking. If not, the next
     * failure tries again, and this one ends its request, with the reason suppressed.
     */
    private boolean renews(Throwable failure) {
        try {
            present = another.get();
            leftOpen = 0;
            return true;
        } catch (RuntimeException | Error lacking) {
            failure.addSuppressed(lacking);
            return false;
        }
    }
}
