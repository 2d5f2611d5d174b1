// SPDX-License-Identifier: Apache-2.0
package io.switchgear.benchmarks;

import java.util.List;

/**
 * An interval that contains a median, with a confidence of 99 %: between two of the sorted measurements, so that it
 * assumes nothing of their distribution, and a disturbed one weighs no more than any other (the interval that belongs
 * to the sign test; David and Nagaraja, "Order Statistics", 7.1). It needs {@value #NEEDED} measurements.
 *
 * @param low NaN with too few measurements
 * @param high NaN with too few measurements
 */
record Interval(double low, double high) {
    static final int NEEDED = 8;

    private static final double DOUBT = 0.01;

    static Interval ofMedian(List<Double> measured) {
        int number = measured.size();
        if (number < NEEDED) {
            return new Interval(Double.NaN, Double.NaN);
        }
        // the number of measurements that may be left out at each end
        int left = 0;
        double probability = Math.pow(0.5, number);
        double sum = probability;
        while (true) {
            probability *= (double) (number - left) / (left + 1);
            sum += probability;
            if (2 * sum > DOUBT) {
                break;
            }
            left++;
        }
        List<Double> sorted = measured.stream().sorted().toList();
        return new Interval(sorted.get(left), sorted.get(number - 1 - left));
    }
}
