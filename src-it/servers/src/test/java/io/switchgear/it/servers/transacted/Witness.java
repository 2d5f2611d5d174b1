// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers.transacted;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Observes what was committed and what was rolled back. */
@ApplicationScoped
public class Witness {
    private final List<Integer> committed = new CopyOnWriteArrayList<>();
    private final List<Integer> rolledBack = new CopyOnWriteArrayList<>();

    void success(@Observes(during = TransactionPhase.AFTER_SUCCESS) Orders.Placed placed) {
        committed.add(placed.call());
    }

    void failure(@Observes(during = TransactionPhase.AFTER_FAILURE) Orders.Placed placed) {
        rolledBack.add(placed.call());
    }

    public void forget() {
        committed.clear();
        rolledBack.clear();
    }

    public List<Integer> committed() {
        return committed;
    }

    public List<Integer> rolledBack() {
        return rolledBack;
    }
}
