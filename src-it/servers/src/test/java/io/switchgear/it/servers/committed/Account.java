// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers.committed;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;

/** A row with a version. */
@Entity
public class Account {
    @Id
    private int id;

    @Version
    private int version;

    private int balance;

    protected Account() {}

    Account(int id, int balance) {
        this.id = id;
        this.balance = balance;
    }

    int balance() {
        return balance;
    }

    void add(int amount) {
        balance += amount;
    }
}
