// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers.transacted;

import io.switchgear.CircuitBreaking;
import io.switchgear.FallingBack;
import jakarta.ejb.Stateful;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;

/** A stateful session bean, which a system exception would remove. */
@Stateful
public class Desk {
    @Inject
    private Table table;

    @Inject
    private Rejecting rejecting;

    public int writesBeforeRejection() {
        table.write();
        return rejecting.call();
    }

    @FallingBack(method = "insteadOf")
    public int replaced() {
        return table.writeOrFail();
    }

    @FallingBack(method = "insteadOf")
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public int replacedInNew() {
        return table.writeOrFail();
    }

    @FallingBack(method = "insteadOf")
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public int replacedOutside() {
        return table.writeOrFail();
    }

    @FallingBack(method = "insteadOf")
    public int replacedOnChecked() throws Table.Refused {
        return table.writeOrRefuse();
    }

    @CircuitBreaking(name = "rejecting desk")
    @FallingBack(method = "insteadOf")
    public int replacedRejection() {
        return table.write();
    }

    @SuppressWarnings("unused") // called by its name
    private int insteadOf() {
        return -table.calls();
    }
}
