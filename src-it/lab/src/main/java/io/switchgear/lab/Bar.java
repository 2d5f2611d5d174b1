// SPDX-License-Identifier: Apache-2.0
package io.switchgear.lab;

import io.switchgear.lab.simulation.Figures;
import io.switchgear.lab.simulation.Figures.Count;
import io.switchgear.lab.simulation.Scenario;
import io.switchgear.lab.simulation.Subject.Kind;
import io.switchgear.lab.subject.Subjects;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** All goals: what the recommended policy and the retries are to do to availability. */
final class Bar {
    private static final double[] FAILING = {.05, .1, .2, .3, .4};
    private static final double[] RATES = {10, 100, 1_000};
    private static final int[] CLIENTS = {1, 10, 100, 1_000};

    private Bar() {}

    /** Returns the goals, in the order of the tables. */
    static List<Goal> goals() {
        List<Goal> goals = ofBreakers(Subjects.RECOMMENDED);
        retries(goals);
        return goals;
    }

    /** Returns the goals of breakers. */
    static List<Goal> ofBreakers(Kind kind) {
        List<Goal> goals = new ArrayList<>();
        partialFailures(goals, kind);
        outages(goals, kind);
        published(goals, kind);
        overloads(goals, kind);
        return goals;
    }

    private static void partialFailures(List<Goal> goals, Kind kind) {
        for (double failing : FAILING) {
            for (double rate : RATES) {
                Goal goal = new Goal(
                        String.format(Locale.ROOT, "delivered / possible, %.0f %% fail, %,.0f/s", 100 * failing, rate),
                        Scenario.named("partial-failure").arrivals(rate).failing("bad", failing),
                        kind,
                        run -> run.all().deliveredShare() / (1 - failing),
                        true,
                        .95);
                goals.add(goal);
            }
        }
        goals.add(new Goal(
                "rejected, 1 % fail, 100/s",
                Scenario.named("partial-failure").failing("bad", .01),
                kind,
                run -> run.all().rejectedShare(),
                false,
                .001));
    }

    private static void outages(List<Goal> goals, Kind kind) {
        for (double rate : RATES) {
            goals.add(new Goal(
                            String.format(Locale.ROOT, "sent while all fail for an hour, after 10 s, %,.0f/s", rate),
                            Scenario.named("outage").arrivals(rate),
                            kind,
                            run -> run.in("bad").load(),
                            false,
                            rate == 10 ? .05 : .015)
                    .runs(0));
        }
    }

    private static void published(List<Goal> goals, Kind kind) {
        goals.add(new Goal(
                "semian, sustained: delivered while 20 % fail",
                Scenario.named("semian-sustained"), kind, run -> run.in("bad").deliveredShare(), true, .59));
        goals.add(new Goal(
                "semian, 20 % fail for 20 s: rejected in the next 20 s",
                Scenario.named("semian-spike-20"), kind, run -> run.in("after").rejectedShare(), false, .07));
        Scenario spike = Scenario.named("semian-spike-100");
        goals.add(new Goal(
                "semian, all fail for 20 s: rejected in the next 20 s",
                spike,
                kind,
                run -> run.in("after").rejectedShare(),
                false,
                .5));
        goals.add(new Goal(
                "the same: rejected in the 20 s after that",
                spike,
                kind,
                run -> run.in("later").rejectedShare(),
                false,
                .02));
    }

    private static void overloads(List<Goal> goals, Kind kind) {
        Scenario overload = Scenario.named("overload");
        double work = 590 * 100;
        goals.add(new Goal(
                "4 times the capacity offered: delivered / capacity",
                overload,
                kind,
                run -> run.in("bad").delivered() / work,
                true,
                .9));
        goals.add(new Goal(
                "the same: sent / capacity",
                overload,
                kind,
                run -> run.in("bad").sent() / work,
                false,
                2));
        goals.add(new Goal(
                        "recovery onto a service that warms up: runs that open again",
                        Scenario.named("warm-up"),
                        kind,
                        Bar::opensAgain,
                        false,
                        .01)
                .runs(5));
    }

    /** Returns 1 if the subject closes after the outage and then admits fewer calls again, else 0. */
    private static double opensAgain(Figures run) {
        int second = 180;
        while (second < run.seconds() && run.admitted(second) < 1) {
            second++;
        }
        while (second < run.seconds()) {
            if (run.admitted(second) < 1) {
                return 1;
            }
            second++;
        }
        return run.in(Count.DELIVERED, run.seconds() - 1) == 0 ? 1 : 0;
    }

    private static void retries(List<Goal> goals) {
        for (Kind kind : List.of(Subjects.RETRIES, Subjects.RETRIES_AND_BREAKER)) {
            retries(goals, kind, "retry-storm", "all fail");
        }
        retries(goals, Subjects.RETRIES, "retry-outage", "all fail after good times");
    }

    private static void retries(List<Goal> goals, Kind kind, String scenario, String when) {
        for (int clients : CLIENTS) {
            for (double rate : new double[] {1, 10, 100, 1_000}) {
                Goal goal = new Goal(
                                String.format(
                                        Locale.ROOT,
                                        "%s, %s: load after 10 s, %,d %s, %,.0f/s",
                                        kind.name(),
                                        when,
                                        clients,
                                        clients == 1 ? "client" : "clients",
                                        rate),
                                Scenario.named(scenario).clients(clients).arrivals(rate),
                                kind,
                                run -> run.in("bad").load(),
                                false,
                                1.2)
                        // among 60,000 calls chance decides nothing
                        .runs(rate == 1_000 ? 0 : 1);
                // a client with few calls cannot tell an outage from a single lost call
                boolean knows = scenario.equals("retry-storm") || rate / clients >= 1;
                goals.add(knows ? goal : goal.notYet());
            }
        }
    }
}
