package io.switchgear.jmx;

import io.switchgear.FailureRule;
import io.switchgear.Snapshot;

/** What a breaker's MBean shows, taken at one moment, so that attributes read together belong together. */
record View(Snapshot snapshot, FailureRule failureRule, String lastRejectedChange) {}
