// SPDX-License-Identifier: Apache-2.0
package io.switchgear.ejb.fleet;

/** Receives the events of a node that an operator should know, as sentences. Called on any thread; must not block. */
public interface FleetLog {
    /** Called once when the store cannot be used any more; calls and changes go on without it. */
    void storeAway(String sentence);

    /** Called when the store can be used again, after {@link #storeAway}. */
    void storeBack(String sentence);

    /** Called for each local change that was not kept, since another one is stored or the store refuses it. */
    void changeLost(String sentence);

    /** Called once per outage when the queue of changes is full: from then on only final values are written. */
    void queueFull(String sentence);

    /** Called once for each stored value that a breaker or layer refuses because it contradicts another. */
    void refused(String sentence);

    /** Called once for each stored row that is not understood or out of range. It is kept in the store. */
    void rowIgnored(String sentence);

    /** Called once if another process uses the name of this node. */
    void namesake(String sentence);

    /** Called when the store has an older version than before, as after a restored backup. All is read again. */
    void storeReplaced(String sentence);
}
