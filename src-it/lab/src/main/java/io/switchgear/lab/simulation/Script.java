// SPDX-License-Identifier: Apache-2.0
package io.switchgear.lab.simulation;

import java.util.List;

/** The phases of a scenario in the time of a run. */
final class Script {
    /** A moment of a phase. */
    record Moment(Phase phase, long sinceBegin) {}

    private final VirtualTime time;
    private final List<Phase> phases;
    private int index;
    private long began;

    Script(VirtualTime time, List<Phase> phases) {
        this.time = time;
        this.phases = phases;
    }

    /** Returns the present phase. */
    Phase phase() {
        while (index < phases.size() - 1
                && time.nanos() - began >= phases.get(index).nanos()) {
            began += phases.get(index).nanos();
            index++;
        }
        return phases.get(index);
    }

    /** Returns the present moment. */
    Moment now() {
        Phase phase = phase();
        return new Moment(phase, time.nanos() - began);
    }
}
