// SPDX-License-Identifier: Apache-2.0
package io.switchgear.time;

/** Monotonic time in nanoseconds from an arbitrary origin; compare values by subtraction only, as they may overflow. */
@FunctionalInterface
public interface Ticker {
    /** The time of {@link System#nanoTime}. */
    Ticker SYSTEM = System::nanoTime;

    long nanos();
}
