// SPDX-License-Identifier: Apache-2.0
package io.switchgear.ejb.fleet;

/** The store of other tests does what those in databases do. */
class MemoryFleetStoreTest extends FleetStoreContract {
    private long days;
    private final MemoryFleetStore store = new MemoryFleetStore(() -> System.currentTimeMillis() + days * 86_400_000L);

    @Override
    protected FleetStore store() {
        return store;
    }

    @Override
    protected void pass(int passed) {
        days += passed;
    }
}
