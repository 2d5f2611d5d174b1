// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers.transacted;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

/** A bean whose failures mark the transaction that it joins. */
@ApplicationScoped
public class Inner {
    @Inject
    private Table table;

    @Transactional
    public int write() {
        return table.writeOrFail();
    }
}
