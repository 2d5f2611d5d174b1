// SPDX-License-Identifier: Apache-2.0
package io.switchgear.load;

import static io.switchgear.load.Variant.ADAPTIVE;
import static io.switchgear.load.Variant.CLASSIC;
import static io.switchgear.load.Variant.UNGUARDED;

import java.time.Duration;
import java.util.List;

/** How long the test takes, and what is part of it. */
enum Form {
    /** Two minutes, for each change: the outage follows the hang. */
    SHORT(
            Duration.ofMillis(1_500),
            List.of(CLASSIC, ADAPTIVE, UNGUARDED),
            List.of(Phase.WARM_UP, Phase.NORMAL, Phase.HANG, Phase.OUTAGE, Phase.RECOVERY)),
    /** A quarter of an hour, for the manual. */
    LONG(Duration.ofSeconds(4), List.of(Variant.values()), List.of(Phase.values()));

    private final Duration unit;
    private final List<Variant> variants;
    private final List<Phase> phases;

    Form(Duration unit, List<Variant> variants, List<Phase> phases) {
        this.unit = unit;
        this.variants = variants;
        this.phases = phases;
    }

    List<Variant> variants() {
        return variants;
    }

    List<Phase> phases() {
        return phases;
    }

    Duration length(Phase phase) {
        return unit.multipliedBy(phase.units());
    }

    /** Returns the length of all phases. */
    Duration length() {
        return phases.stream().map(this::length).reduce(Duration.ZERO, Duration::plus);
    }
}
