// SPDX-License-Identifier: Apache-2.0
package io.switchgear.message;

import java.util.HashSet;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Keeps one source from flooding the log with lines that it can cause at will: it logs at most {@value #MAX_LINES}
 * different lines in a minute, each once. All others are counted, and the first line of a later minute has their
 * number.
 */
public final class LogLimit {
    private static final int MAX_LINES = 20;
    private static final long MINUTE_NANOS = 60_000_000_000L;

    private final LongSupplier nanos;
    private final Set<String> logged = new HashSet<>();
    private long began;
    private long omitted;

    /** Creates a limit that nothing has used yet. */
    public LogLimit() {
        this(System::nanoTime);
    }

    LogLimit(LongSupplier nanos) {
        this.nanos = nanos;
        this.began = nanos.getAsLong();
    }

    /** Logs or counts one line. */
    public void log(Message message, Object... details) {
        log(null, message, details);
    }

    /** Logs one line with the stack trace of {@code cause}, or counts it. */
    public void log(Throwable cause, Message message, Object... details) {
        message.log(this::limited, cause, details);
    }

    /** Returns the line, with the number of those omitted before it; {@code null} to omit it. */
    private synchronized String limited(String line) {
        long now = nanos.getAsLong();
        if (now - began >= MINUTE_NANOS) {
            began = now;
            logged.clear();
        }
        if (logged.size() == MAX_LINES || !logged.add(line)) {
            omitted++;
            return null;
        }
        long count = omitted;
        omitted = 0;
        return count == 0 ? line : line + " (" + Text.count(count, "line") + " omitted since the last one logged)";
    }
}
