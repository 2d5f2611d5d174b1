// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import io.switchgear.settings.BreakerSettings;
import io.switchgear.window.AdmittedShare;
import java.util.concurrent.atomic.AtomicInteger;

/** Admits a growing share of the calls after a breaker has closed; see {@link BreakerSettings#rampUpMillis}. */
final class RampUp {
    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

    private final long began;
    private final AtomicInteger calls = new AtomicInteger();

    RampUp(long now) {
        this.began = now;
    }

    /** Returns the share that is admitted now, 0 to 1. */
    double share(long now, BreakerSettings settings) {
        return AdmittedShare.ramp(now - began, settings.rampUpMillis());
    }

    /**
     * Returns whether to admit the next call. The multiples of the golden ratio, without their whole part, are spread
     * evenly between 0 and 1, however many there are; so the calls of any share are spread evenly, too.
     */
    boolean admits(double share) {
        double place = Integer.toUnsignedLong(calls.getAndIncrement()) * GOLDEN;
        return place - Math.floor(place) < share;
    }
}
