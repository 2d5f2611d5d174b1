// SPDX-License-Identifier: Apache-2.0
package io.switchgear.load;

import static java.util.Locale.ROOT;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;

/**
 * What the server holds at one moment.
 *
 * @param heapMegabytes after a collection of the garbage
 * @param openFiles with connections
 * @param meters the values that a Prometheus would read
 */
record Footprint(long heapMegabytes, long threads, long openFiles, long mbeans, long meters) {
    /** What may come and go in a server that does the same all the time. */
    private static final Footprint SLACK = new Footprint(10, 10, 20, 0, 0);

    static Footprint of(MBeanServerConnection beans, Shop shop) throws IOException, InterruptedException, JMException {
        ObjectName memory = new ObjectName(ManagementFactory.MEMORY_MXBEAN_NAME);
        beans.invoke(memory, "gc", null, null);
        CompositeData heap = (CompositeData) beans.getAttribute(memory, "HeapMemoryUsage");
        return new Footprint(
                (long) heap.get("used") >> 20,
                number(beans, ManagementFactory.THREAD_MXBEAN_NAME, "ThreadCount"),
                number(beans, ManagementFactory.OPERATING_SYSTEM_MXBEAN_NAME, "OpenFileDescriptorCount"),
                beans.getMBeanCount(),
                shop.meters());
    }

    private static long number(MBeanServerConnection beans, String name, String attribute)
            throws IOException, JMException {
        return ((Number) beans.getAttribute(new ObjectName(name), attribute)).longValue();
    }

    /** Returns whether this is not more than another one, but for what may come and go. */
    boolean isAtMost(Footprint other) {
        return heapMegabytes <= other.heapMegabytes + SLACK.heapMegabytes
                && threads <= other.threads + SLACK.threads
                && openFiles <= other.openFiles + SLACK.openFiles
                && mbeans <= other.mbeans + SLACK.mbeans
                && meters <= other.meters + SLACK.meters;
    }

    /** Returns the row of a table. */
    String row() {
        return String.format(ROOT, "| %d MB | %d | %d | %d | %d |", heapMegabytes, threads, openFiles, mbeans, meters);
    }
}
