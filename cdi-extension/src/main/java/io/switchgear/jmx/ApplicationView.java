// SPDX-License-Identifier: Apache-2.0
package io.switchgear.jmx;

import io.switchgear.CircuitBreaker;
import io.switchgear.settings.Tunable;
import io.switchgear.settings.TunableSnapshot;
import io.switchgear.status.BreakerSnapshot;
import java.util.List;
import java.util.function.Supplier;

/** The source of the attributes of all breakers. Reads the breakers once, and only if an attribute needs them. */
final class ApplicationView {
    private final Supplier<List<CircuitBreaker>> source;
    private final Supplier<List<Tunable<?>>> tunables;
    private final MBeanContext context;
    private final String lastRefusedChange;
    private List<BreakerSnapshot> breakers;

    ApplicationView(
            Supplier<List<CircuitBreaker>> source,
            Supplier<List<Tunable<?>>> tunables,
            MBeanContext context,
            String lastRefusedChange) {
        this.source = source;
        this.tunables = tunables;
        this.context = context;
        this.lastRefusedChange = lastRefusedChange;
    }

    List<BreakerSnapshot> breakers() {
        if (breakers == null) {
            breakers = source.get().stream().map(CircuitBreaker::snapshot).toList();
        }
        return breakers;
    }

    /** Returns the snapshots of all breakers and layers. */
    List<? extends TunableSnapshot<?>> snapshots() {
        return tunables.get().stream().map(Tunable::snapshot).toList();
    }

    MBeanContext context() {
        return context;
    }

    String lastRefusedChange() {
        return lastRefusedChange;
    }
}
