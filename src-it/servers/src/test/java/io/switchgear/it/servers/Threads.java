// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;

/** The threads of a JVM. */
final class Threads {
    private Threads() {}

    /** Returns the number of threads of this JVM whose names begin with {@code start}. */
    static long named(String start) {
        return named(start, ManagementFactory.getThreadMXBean());
    }

    /** Returns the number of threads of a JVM whose names begin with {@code start}. */
    static long named(String start, ThreadMXBean threads) {
        return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(thread -> thread != null && thread.getThreadName().startsWith(start))
                .count();
    }
}
