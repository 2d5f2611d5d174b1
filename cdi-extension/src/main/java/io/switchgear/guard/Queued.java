// SPDX-License-Identifier: Apache-2.0
package io.switchgear.guard;

/**
 * The result of a call that may wait in the queue of a bulkhead. A caller that sees its end finds its place there free.
 */
interface Queued {
    /** Takes the call from the queue, if it waits there. The result has to be ended then. */
    void leaveQueue();
}
