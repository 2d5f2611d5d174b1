// SPDX-License-Identifier: Apache-2.0
package io.switchgear.lab.simulation;

import java.util.Random;

/**
 * Random numbers that are the same for the same seed on every JDK: the algorithm of {@link Random#nextInt()} and
 * {@link Random#nextDouble()} is specified, and {@link StrictMath} rounds everywhere alike.
 */
public final class Chance {
    private final Random random;

    /** @param stream a number for each purpose, so that one purpose uses up no numbers of another */
    public Chance(long seed, int stream) {
        random = new Random(seed * 1_000_003 + stream);
    }

    /** Returns a number from 0 to less than 1. */
    public double next() {
        return random.nextDouble();
    }

    /** Returns whether an event of this probability happens. */
    public boolean happens(double probability) {
        return probability > 0 && next() < probability;
    }

    /** Returns one of the numbers from 0 to less than {@code bound}. */
    public int below(int bound) {
        return bound == 1 ? 0 : random.nextInt(bound);
    }

    /** Returns an exponentially distributed number. */
    public double exponential(double mean) {
        return -mean * StrictMath.log(1 - next());
    }

    /** Returns a log-normally distributed number with this mean and standard deviation. */
    public double logNormal(double mean, double deviation) {
        double spread = StrictMath.log(1 + deviation * deviation / (mean * mean));
        double normal = StrictMath.sqrt(-2 * StrictMath.log(1 - next())) * StrictMath.cos(2 * StrictMath.PI * next());
        return StrictMath.exp(StrictMath.log(mean) - spread / 2 + StrictMath.sqrt(spread) * normal);
    }
}
