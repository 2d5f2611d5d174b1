// SPDX-License-Identifier: Apache-2.0
package io.switchgear.console.model;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Map;
import javax.management.MBeanServerConnection;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/** Compares the clock of a JVM with the one here. */
final class Clocks {
    private Clocks() {}

    /** Returns how far the clock of the JVM is ahead; zero if it does not say. */
    static Duration ahead(MBeanServerConnection server) throws IOException {
        try {
            Map<String, Object> runtime = Reader.attributes(
                    server, new ObjectName(ManagementFactory.RUNTIME_MXBEAN_NAME), "StartTime", "Uptime");
            return runtime.get("StartTime") instanceof Long start && runtime.get("Uptime") instanceof Long uptime
                    ? Duration.ofMillis(start + uptime - System.currentTimeMillis())
                    : Duration.ZERO;
        } catch (MalformedObjectNameException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
