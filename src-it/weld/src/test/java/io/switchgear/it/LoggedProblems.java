// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What OpenWebBeans logs until this is closed: it throws no problem of a deployment, but refers to its log. */
final class LoggedProblems extends Handler implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger("org.apache.webbeans");

    private final List<Throwable> logged = new CopyOnWriteArrayList<>();

    LoggedProblems() {
        LOGGER.addHandler(this);
    }

    /** Adds the problems to the exception that refers to them. */
    void addTo(Throwable refused) {
        for (Throwable problem : logged) {
            if (refused.getCause() == null) {
                refused.initCause(problem);
            } else {
                refused.addSuppressed(problem);
            }
        }
    }

    @Override
    public void publish(LogRecord line) {
        if (line.getThrown() != null) {
            logged.add(line.getThrown());
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        LOGGER.removeHandler(this);
    }
}
