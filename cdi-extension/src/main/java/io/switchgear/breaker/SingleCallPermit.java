// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

/** The permit of one call. */
abstract class SingleCallPermit extends Permit {
    private final long since;
    private boolean here;

    /** @param here whether the call ends on the thread on which it begins */
    SingleCallPermit(PermitContext shared, boolean here) {
        super(shared, true);
        this.since = shared.outcomes.sequence();
        this.here = here;
    }

    @Override
    public Permit handedOver() {
        here = false;
        return this;
    }

    @Override
    final boolean isRepeated(Object what, long started) {
        return here && shared.outcomes.isRepeated(what, since);
    }

    @Override
    final boolean isSlowRepeated(long started) {
        return false;
    }
}
