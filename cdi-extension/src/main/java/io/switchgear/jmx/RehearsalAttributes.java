// SPDX-License-Identifier: Apache-2.0
package io.switchgear.jmx;

import static io.switchgear.jmx.MBeanAttribute.gauge;
import static io.switchgear.jmx.MBeanAttribute.reading;
import static io.switchgear.jmx.Tables.date;
import static io.switchgear.jmx.Tables.text;

import io.switchgear.settings.Setting;
import io.switchgear.settings.TunableSettings;
import io.switchgear.status.RehearsalSnapshot;
import java.util.Date;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** The attributes of a breaker's MBean that compare it with a rehearsed one. */
final class RehearsalAttributes {
    private RehearsalAttributes() {}

    static Stream<MBeanAttribute<BreakerView>> all() {
        return Stream.of(
                reading(
                        "RehearsedSettings",
                        String.class,
                        "Settings of the rehearsal that differ from those in force; empty without a rehearsal",
                        v -> of(v, "", rehearsal -> different(v, rehearsal))),
                reading(
                        "Rehearsal",
                        String.class,
                        "What the rehearsed breaker would have done and what this one did, in a sentence",
                        v -> of(v, "", RehearsalSnapshot::comparison)),
                reading(
                        "RehearsalSince",
                        Date.class,
                        "Time at which the rehearsal began; empty without one",
                        v -> of(v, null, rehearsal -> date(rehearsal.since()))),
                reading("RehearsalBy", String.class, "Who began the rehearsal", v -> of(v, "", RehearsalSnapshot::by)),
                reading(
                        "RehearsedState",
                        String.class,
                        "State of the rehearsed breaker; empty without a rehearsal",
                        v -> of(v, "", rehearsal -> rehearsal.state().name())),
                gauge(
                        "RehearsedAdmittedPercent",
                        double.class,
                        "percent",
                        "Part of the calls that the rehearsed breaker would admit; NaN without a rehearsal",
                        v -> of(v, Double.NaN, RehearsalSnapshot::admittedPercent)),
                gauge(
                        "RehearsedFailureRatePercent",
                        double.class,
                        "percent",
                        "Failure rate in the window of the rehearsed breaker; NaN as for FailureRatePercent",
                        v -> of(v, Double.NaN, RehearsalSnapshot::failureRatePercent)),
                count(
                        "RehearsedOpened",
                        "times",
                        "Times that the rehearsed breaker would have opened since the rehearsal began",
                        RehearsalSnapshot::opened),
                count(
                        "OpenedSinceRehearsal",
                        "times",
                        "Times that this breaker has opened since the rehearsal began",
                        RehearsalSnapshot::breakerOpened),
                count(
                        "RehearsedRejected",
                        "calls",
                        "Calls that the rehearsed breaker would have rejected",
                        RehearsalSnapshot::rejected),
                count(
                        "RejectedSinceRehearsal",
                        "calls",
                        "Calls that this breaker has rejected since the rehearsal began",
                        RehearsalSnapshot::breakerRejected),
                count(
                        "RehearsedLostSuccesses",
                        "calls",
                        "Calls that succeeded and that the rehearsed breaker would have rejected",
                        RehearsalSnapshot::lostSuccesses),
                count(
                        "RehearsedUnseenCalls",
                        "calls",
                        "Calls that this breaker rejected while the rehearsed one was not open: their outcomes are not known",
                        RehearsalSnapshot::unseenCalls),
                reading(
                        "RehearsedLastTrip",
                        String.class,
                        "Cause of the last opening of the rehearsed breaker from CLOSED",
                        v -> of(v, "", rehearsal -> text(rehearsal.lastTrip()))));
    }

    private static MBeanAttribute<BreakerView> count(
            String name, String unit, String description, Function<RehearsalSnapshot, Long> count) {
        return gauge(name, long.class, unit, description, v -> of(v, 0L, count));
    }

    private static <T> T of(BreakerView view, T without, Function<RehearsalSnapshot, ? extends T> value) {
        RehearsalSnapshot rehearsal = view.snapshot().rehearsal();
        return rehearsal == null ? without : value.apply(rehearsal);
    }

    private static String different(BreakerView view, RehearsalSnapshot rehearsal) {
        TunableSettings<?> inForce = view.snapshot().settings();
        Map<Setting, Object> changes = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.of(inForce.kind())) {
            Object rehearsed = rehearsal.settings().get(setting);
            if (!rehearsed.equals(inForce.get(setting))) {
                changes.put(setting, rehearsed);
            }
        }
        return changes.isEmpty() ? "as in force" : SettingsWriter.text(changes);
    }
}
