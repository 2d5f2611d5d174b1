// SPDX-License-Identifier: Apache-2.0
package io.switchgear.guard;

import java.util.Arrays;

/** Adds suppressed exceptions, but not without end: an exception that is kept in a constant is thrown many times. */
final class Suppressed {
    private static final int MAX = 8;

    private Suppressed() {}

    /** Adds a suppressed exception to another one, unless it has that already, or 8 of them. */
    static void add(Throwable to, Throwable suppressed) {
        if (to == suppressed) {
            return;
        }
        // its own methods use this lock too, and threads may share a constant
        synchronized (to) {
            Throwable[] present = to.getSuppressed();
            // not by equals, which an exception of the application may override
            if (present.length < MAX && Arrays.stream(present).noneMatch(each -> each == suppressed)) {
                to.addSuppressed(suppressed);
            }
        }
    }
}
