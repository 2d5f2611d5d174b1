// SPDX-License-Identifier: Apache-2.0
package io.switchgear.example;

import io.switchgear.CircuitBreakers;
import io.switchgear.managed.ManagedApplication;
import io.switchgear.status.TimeLimitSnapshot;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The breakers as the page shows them: each beside the time limit of its calls. */
@ApplicationScoped
public class Board {
    @Inject
    private CircuitBreakers breakers;

    @Inject
    private ManagedApplication application;

    /** Returns a row for each breaker, sorted by name. */
    public List<BreakerRow> rows() {
        Map<String, Long> overdue = application.tunables().stream()
                .map(tunable -> tunable.snapshot())
                .filter(TimeLimitSnapshot.class::isInstance)
                .map(TimeLimitSnapshot.class::cast)
                .collect(Collectors.toMap(TimeLimitSnapshot::name, TimeLimitSnapshot::overdue));
        return breakers.all().stream()
                .map(breaker -> BreakerRow.of(breaker, breaker.snapshot(), overdue.getOrDefault(breaker.name(), 0L)))
                .toList();
    }
}
