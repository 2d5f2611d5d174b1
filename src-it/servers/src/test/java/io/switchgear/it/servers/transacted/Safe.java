// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers.transacted;

import io.switchgear.Retrying;
import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import jakarta.transaction.UserTransaction;

/** A session bean that manages its transactions itself. */
@Stateless
@TransactionManagement(TransactionManagementType.BEAN)
public class Safe {
    @Inject
    private Table table;

    @Resource
    private UserTransaction transaction;

    @Retrying(delayMillis = 1)
    public int retried() throws Exception {
        transaction.begin();
        try {
            int call = table.writeOrFail();
            transaction.commit();
            return call;
        } catch (IllegalStateException failed) {
            transaction.rollback();
            throw failed;
        }
    }
}
