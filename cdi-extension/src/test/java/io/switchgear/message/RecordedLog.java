// SPDX-License-Identifier: Apache-2.0
package io.switchgear.message;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** The log lines of this library until this is closed. */
public final class RecordedLog extends Handler implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger("io.switchgear");

    private final List<String> lines = new CopyOnWriteArrayList<>();

    /** Starts to record. */
    public RecordedLog() {
        LOGGER.addHandler(this);
    }

    /** Returns the lines, each with its level. */
    public List<String> lines() {
        return lines;
    }

    @Override
    public void publish(LogRecord line) {
        lines.add(line.getLevel() + " " + line.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        LOGGER.removeHandler(this);
    }
}
