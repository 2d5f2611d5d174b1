// SPDX-License-Identifier: Apache-2.0
package io.switchgear.lab.simulation;

/**
 * A part of a script.
 *
 * @param name what tables call it; phases of one name are measured together
 * @param nanos its length
 * @param failing the share of requests that fail, 0 to 1
 * @param alternating whether every second request fails
 * @param slowerNanos latency that is added to every request of the first service
 * @param endpointSlowerNanos latency that is added to the requests of one endpoint of the first service
 * @param capacity requests in a second that the first service accepts at the begin of the phase; it fails the others;
 *     infinite if it accepts all
 * @param capacityAtEnd the same at the end of the phase; between them it grows evenly
 * @param arrivals calls in a second; 0 for those of the scenario
 */
public record Phase(
        String name,
        long nanos,
        double failing,
        boolean alternating,
        long slowerNanos,
        long endpointSlowerNanos,
        double capacity,
        double capacityAtEnd,
        double arrivals) {
    private static final double NANOS = 1e9;

    /**
     * Parses a phase such as {@code bad, 300 s, failing 20 %}. After name and length, in any order: {@code failing
     * <percent> %}, {@code every second call fails}, {@code slower <seconds> s}, {@code one endpoint slower <seconds>
     * s}, {@code capacity <per second>}, {@code capacity <per second> to <per second>}, {@code arrivals <per second>}.
     */
    static Phase parse(String text) {
        String[] parts = text.split(",", -1);
        Phase phase = new Phase(
                parts[0].strip(),
                (long) (number(parts[1], "", " s") * NANOS),
                0,
                false,
                0,
                0,
                Double.POSITIVE_INFINITY,
                Double.POSITIVE_INFINITY,
                0);
        for (int i = 2; i < parts.length; i++) {
            phase = phase.with(parts[i].strip());
        }
        return phase;
    }

    private Phase with(String part) {
        if (part.startsWith("failing ")) {
            return failing(number(part, "failing ", " %") / 100);
        }
        boolean everySecond = alternating;
        long slower = slowerNanos;
        long endpointSlower = endpointSlowerNanos;
        double from = capacity;
        double to = capacityAtEnd;
        double rate = arrivals;
        if (part.startsWith("slower ")) {
            slower = (long) (number(part, "slower ", " s") * NANOS);
        } else if (part.startsWith("one endpoint slower ")) {
            endpointSlower = (long) (number(part, "one endpoint slower ", " s") * NANOS);
        } else if (part.startsWith("capacity ")) {
            String[] ends = part.substring("capacity ".length()).split(" to ", -1);
            from = Double.parseDouble(ends[0]);
            to = Double.parseDouble(ends[ends.length - 1]);
        } else if (part.equals("every second call fails")) {
            everySecond = true;
        } else if (part.startsWith("arrivals ")) {
            rate = number(part, "arrivals ", "");
        } else {
            throw new IllegalArgumentException("not a part of a phase: " + part);
        }
        return new Phase(name, nanos, failing, everySecond, slower, endpointSlower, from, to, rate);
    }

    private static double number(String text, String before, String after) {
        String part = text.strip();
        if (!part.startsWith(before) || !part.endsWith(after)) {
            throw new IllegalArgumentException("'" + part + "' must be '" + before + "<number>" + after + "'");
        }
        return Double.parseDouble(part.substring(before.length(), part.length() - after.length()));
    }

    /** Returns this phase with another share of failures. */
    Phase failing(double share) {
        return new Phase(
                name, nanos, share, alternating, slowerNanos, endpointSlowerNanos, capacity, capacityAtEnd, arrivals);
    }

    /** Returns the capacity at a moment of the phase. */
    double capacityAt(long sinceBegin) {
        if (capacity == capacityAtEnd) {
            return capacity;
        }
        return capacity + (capacityAtEnd - capacity) * Math.min(1, (double) sinceBegin / nanos);
    }
}
