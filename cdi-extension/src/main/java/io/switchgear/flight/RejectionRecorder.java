// SPDX-License-Identifier: Apache-2.0
package io.switchgear.flight;

import io.switchgear.CircuitOpenException;
import io.switchgear.breaker.RejectionListener;
import java.util.function.Supplier;

/** Records a sample of one breaker's rejections. The counts in the sample add up to all rejections. */
public final class RejectionRecorder implements RejectionListener {
    // created with the first rejection that is recorded, as most breakers never have one
    private volatile RejectionSampler sampler;

    @Override
    public boolean isActive() {
        return FlightEvents.recordsRejections();
    }

    @Override
    public void rejected(CircuitOpenException rejection, Supplier<String> cause, long nanos) {
        long count = sampler(nanos).add(nanos);
        if (count > 0) {
            FlightEvents.rejection(rejection, cause.get(), count);
        }
    }

    private RejectionSampler sampler(long nanos) {
        RejectionSampler present = sampler;
        return present == null ? createSampler(nanos) : present;
    }

    private synchronized RejectionSampler createSampler(long nanos) {
        if (sampler == null) {
            sampler = new RejectionSampler(nanos);
        }
        return sampler;
    }

    /** Records the rejections that no event accounts for yet, since they belong to the phase that ends. */
    @Override
    public void stateOrModeEnded(Supplier<CircuitOpenException> rejection, Supplier<String> cause) {
        RejectionSampler present = sampler;
        long rest = present == null ? 0 : present.takeRest();
        if (rest > 0 && isActive()) {
            FlightEvents.rejection(rejection.get(), cause.get(), rest);
        }
    }
}
