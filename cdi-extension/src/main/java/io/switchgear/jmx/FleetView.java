// SPDX-License-Identifier: Apache-2.0
package io.switchgear.jmx;

import io.switchgear.managed.Fleet;

/** The source of the attributes of a fleet. */
record FleetView(Fleet fleet, String lastRefusedChange) {}
