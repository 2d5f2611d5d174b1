// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import io.switchgear.settings.BreakerSettings;
import io.switchgear.status.BreakerSnapshot;
import io.switchgear.status.RehearsalSnapshot;

/** A second breaker with other settings, which judges the outcomes of the same calls and rejects none. */
interface Rehearsal {
    /**
     * Returns the permit of a call that the breaker has admitted, under which the rehearsal sees the call too.
     *
     * @param real the permit from the breaker
     * @param here whether the call ends on this thread
     */
    Permit accompany(Permit real, boolean here);

    /** Returns a permit of both breakers for one call: that of the breaker, and that of the rehearsed one. */
    Permit together(Permit real, Permit rehearsed, boolean here);

    /** Counts a call that succeeded and that the rehearsed breaker would have rejected. */
    void lostSuccess();

    /** Notes that the last failure of the breaker, which was a result, is the last one of the rehearsal too. */
    void resultFailed();

    /** Counts a call that the breaker has rejected, and whose outcome is therefore not known. */
    void rejectedByBreaker();

    /** Returns the settings to rehearse if these are those in force. */
    BreakerSettings onto(BreakerSettings inForce);

    /** Adapts the rehearsed settings to those in force. If that is refused, the rehearsed settings stay. */
    void follow();

    /** Closes the rehearsed breaker and discards its outcomes. */
    void reset();

    /** Opens the rehearsed breaker if calls that hang would open it at the next call. */
    void look();

    /**
     * Returns the comparison of both.
     *
     * @param now the breaker at this moment
     */
    RehearsalSnapshot snapshot(BreakerSnapshot now);
}
