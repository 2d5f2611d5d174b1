// SPDX-License-Identifier: Apache-2.0
package io.switchgear.jmx;

import io.switchgear.managed.Fleet;
import java.util.List;
import javax.management.Attribute;

/** The nodes that run an application, as the resource of their MBean. */
record FleetResource(Fleet fleet) implements ManagedResource<FleetView> {
    @Override
    public String label() {
        return "the fleet";
    }

    @Override
    public FleetView view(String lastRefusedChange) {
        return new FleetView(fleet, lastRefusedChange);
    }

    @Override
    public void set(List<Attribute> attributes) {
        // no attribute is writable
    }
}
