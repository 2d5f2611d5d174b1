// SPDX-License-Identifier: Apache-2.0
package io.switchgear.lab.subject;

import io.switchgear.lab.simulation.Subject;
import java.util.function.Consumer;

/** Sends every call once. */
final class Unprotected implements Subject {
    @Override
    public void call(Remote remote, Consumer<Ending> end) {
        remote.send(succeeded -> end.accept(succeeded ? Ending.DELIVERED : Ending.FAILED));
    }

    @Override
    public double admits() {
        return 1;
    }
}
