// SPDX-License-Identifier: Apache-2.0
package io.switchgear.ejb.fleet;

/** The store of other tests does what those in databases do. */
class MemoryFleetStoreTest extends FleetStoreContract {
    private final MemoryFleetStore store = new MemoryFleetStore(System::currentTimeMillis);

    @Override
    protected FleetStore store() {
        return store;
    }
}
