// SPDX-License-Identifier: Apache-2.0
package io.switchgear.console.model;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/** The last ten minutes of a breaker at one point a second, in rings of a fixed size. */
public final class History {
    /** The number of points kept. */
    public static final int POINTS = 600;

    /** What a point has. */
    public enum Series {
        SUCCEEDED,
        FAILED,
        REJECTED,
        /** What a rehearsed breaker would have rejected; NaN without a rehearsal. */
        REHEARSED,
        /** What the threshold of the breaker is compared with; NaN while it was not read. */
        MEASURE
    }

    private final Map<Series, float[]> rings = new EnumMap<>(Series.class);
    private int next;
    private int size;
    // RehearsedRejected when it was last read, and then
    private double rehearsedTotal = Double.NaN;
    private long rehearsedNanos;

    History() {
        for (Series series : Series.values()) {
            float[] ring = new float[POINTS];
            Arrays.fill(ring, Float.NaN);
            rings.put(series, ring);
        }
    }

    synchronized void add(double succeeded, double failed, double rejected) {
        rings.get(Series.SUCCEEDED)[next] = (float) succeeded;
        rings.get(Series.FAILED)[next] = (float) failed;
        rings.get(Series.REJECTED)[next] = (float) rejected;
        rings.get(Series.MEASURE)[next] = Float.NaN;
        rings.get(Series.REHEARSED)[next] = Float.NaN;
        next = (next + 1) % POINTS;
        size = Math.min(size + 1, POINTS);
    }

    /** Sets what a rehearsal would have rejected until the last point, given the total; NaN without a rehearsal. */
    synchronized void rehearsed(double total, long nanos) {
        double seconds = (nanos - rehearsedNanos) / 1e9;
        if (seconds < Reader.MIN_SECONDS && !Double.isNaN(rehearsedTotal)) {
            return;
        }
        if (size > 0 && total >= rehearsedTotal) {
            rings.get(Series.REHEARSED)[(next + POINTS - 1) % POINTS] = (float) ((total - rehearsedTotal) / seconds);
        }
        rehearsedTotal = total;
        rehearsedNanos = nanos;
    }

    /** Sets the measure of the last point. */
    synchronized void measured(double measure) {
        if (size > 0) {
            rings.get(Series.MEASURE)[(next + POINTS - 1) % POINTS] = (float) measure;
        }
    }

    /** Returns the points of a series, the oldest first. */
    public synchronized float[] points(Series series) {
        float[] points = new float[size];
        for (int i = 0; i < size; i++) {
            points[i] = rings.get(series)[(next + POINTS - size + i) % POINTS];
        }
        return points;
    }
}
