// SPDX-License-Identifier: Apache-2.0
package io.switchgear.runtime;

import io.switchgear.message.Text;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.NamedSetting;
import io.switchgear.settings.Setting;
import io.switchgear.settings.TripOn;
import io.switchgear.status.BreakerMode;
import io.switchgear.status.BreakerSnapshot;
import io.switchgear.status.CircuitTransition;
import io.switchgear.status.PriorCalls;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The latest openings of each breaker that chance explains. Where a part of the calls fails, as many failures in a row
 * as open a breaker come by chance sooner or later, although most calls succeed. Not safe for use by many threads.
 *
 * <p>An opening is explained if the calls since the closing were a tenth, or more, of those in which so many failures
 * in a row come by chance on average. A service that goes down after thousands of good calls is not mistaken for that:
 * where one call in a thousand fails, five failures in a row come once in a billion years of a call a second.
 */
final class ChanceTrips {
    /** As many openings within {@link #SPAN} need attention. */
    static final int MANY = 3;

    static final Duration SPAN = Duration.ofHours(1);
    private static final double LIKELY = .1;

    private final Map<String, Deque<CircuitTransition>> trips = new HashMap<>();

    /**
     * The calls before some openings, with the failures that led to these.
     *
     * @param inARow failures in a row that open the breaker
     */
    private record Calls(long all, long succeeded, int inARow) {
        static Calls before(Collection<CircuitTransition> openings) {
            int inARow = openings.iterator().next().settings().failureThreshold();
            List<PriorCalls> prior =
                    openings.stream().map(CircuitTransition::priorCalls).toList();
            return new Calls(
                    prior.stream().mapToLong(calls -> calls.calls() + inARow).sum(),
                    prior.stream().mapToLong(PriorCalls::succeeded).sum(),
                    inARow);
        }

        double share() {
            return (double) succeeded / all;
        }

        /** Returns in how many calls so many failures in a row come by chance, on average, as calls fail so often. */
        double perChance() {
            double failing = 1 - share();
            return (Math.pow(failing, -inARow) - 1) / share();
        }

        boolean explainTheOpening() {
            return share() > .5 && all >= LIKELY * perChance();
        }
    }

    /** Records an opening if chance explains it. */
    void add(CircuitTransition opening) {
        if (opening.priorCalls() == null
                || opening.mode() != BreakerMode.AUTOMATIC
                || !Calls.before(List.of(opening)).explainTheOpening()) {
            return;
        }
        Deque<CircuitTransition> latest = trips.computeIfAbsent(opening.name(), none -> new ArrayDeque<>());
        latest.add(opening);
        if (latest.size() > MANY) {
            latest.remove();
        }
    }

    /** Forgets the openings of a breaker. */
    void forget(String name) {
        trips.remove(name);
    }

    /** Returns the openings of a breaker that need attention; empty if they are too few, too old or were answered. */
    List<CircuitTransition> many(BreakerSnapshot breaker, Instant now) {
        List<CircuitTransition> latest = trips.getOrDefault(breaker.name(), new ArrayDeque<>()).stream()
                .filter(opening -> Duration.between(opening.at(), now).compareTo(SPAN) <= 0
                        && isUnder(breaker.settings(), opening.settings()))
                .toList();
        return latest.size() < MANY ? List.of() : latest;
    }

    private static boolean isUnder(BreakerSettings present, BreakerSettings then) {
        return present.tripOn() == TripOn.CONSECUTIVE_FAILURES && present.failureThreshold() == then.failureThreshold();
    }

    /** Returns why openings need attention, and the cure. */
    static String why(String name, List<CircuitTransition> openings, String within) {
        Calls calls = Calls.before(openings);
        return "it has opened " + openings.size() + " times within " + within + ", although "
                + Text.percent(calls.share()) + " of the calls succeeded: so often, "
                + Text.count(calls.inARow(), "failure") + " in a row come by chance once in "
                + String.format(Locale.ROOT, "%,.0f", calls.perChance())
                + " calls; set TripOn to ADAPTIVE or TIME_WINDOW ("
                + new NamedSetting(name, Setting.TRIP_ON).key() + ")";
    }
}
