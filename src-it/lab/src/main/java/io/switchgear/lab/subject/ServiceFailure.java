// SPDX-License-Identifier: Apache-2.0
package io.switchgear.lab.subject;

/** The failure of a simulated service. One object serves all calls, as traces would take most of the time of a run. */
@SuppressWarnings("StaticAssignmentOfThrowable") // without a stack trace
final class ServiceFailure extends Exception {
    static final ServiceFailure INSTANCE = new ServiceFailure();

    private static final long serialVersionUID = 1;

    private ServiceFailure() {
        super("the service failed", null, false, false);
    }
}
