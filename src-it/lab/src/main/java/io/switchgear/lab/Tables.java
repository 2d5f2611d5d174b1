// SPDX-License-Identifier: Apache-2.0
package io.switchgear.lab;

import io.switchgear.lab.simulation.Figures;
import io.switchgear.lab.simulation.Scenario;
import io.switchgear.lab.simulation.Scenario.Breakers;
import io.switchgear.lab.simulation.Subject.Kind;
import io.switchgear.lab.subject.Subjects;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The tables, in Markdown. A value is the median over all seeds and, in brackets, that of the worst seed.
 *
 * @param seeds the number of seeds
 */
record Tables(int seeds) {
    private static final List<Kind> BREAKERS = concat(Subjects.OURS, Subjects.PEERS, List.of(Subjects.SRE_THROTTLE));

    /** Returns all tables by name. */
    Map<String, String> all() {
        Map<String, String> tables = new LinkedHashMap<>();
        tables.put("seeds", "Seeds 1 to " + seeds + ".\n");
        tables.put("partial", partial());
        tables.put("published", published());
        tables.put("overload", overload());
        tables.put("others", others());
        tables.put("retries", retries());
        tables.put("bar", bar());
        return tables;
    }

    @SafeVarargs
    private static List<Kind> concat(List<Kind>... lists) {
        List<Kind> all = new ArrayList<>();
        for (List<Kind> list : lists) {
            all.addAll(list);
        }
        return all;
    }

    // ---- tables

    private String partial() {
        StringBuilder table = header(
                "delivered / possible",
                "20 %, 10/s",
                "20 %, 100/s",
                "20 %, 1,000/s",
                "40 %, 10/s",
                "40 %, 100/s",
                "40 %, 1,000/s",
                "sent while all fail, 100/s");
        for (Kind kind : BREAKERS) {
            table.append(name(kind));
            for (double failing : new double[] {.2, .4}) {
                for (double rate : new double[] {10, 100, 1_000}) {
                    Scenario scenario =
                            Scenario.named("partial-failure").arrivals(rate).failing("bad", failing);
                    table.append(least(
                            Study.of(scenario, kind, seeds), run -> run.all().deliveredShare() / (1 - failing)));
                }
            }
            Study outage = Study.of(Scenario.named("outage"), kind, 1);
            table.append(String.format(
                    Locale.ROOT,
                    " %.2f %% |%n",
                    100 * outage.spread(run -> run.in("bad").load()).median()));
        }
        return table.toString();
    }

    private String published() {
        StringBuilder table = header(
                "",
                "20 % fail for 5 min: delivered meanwhile",
                "rejected in the next 30 s",
                "20 % fail for 20 s: delivered meanwhile",
                "rejected in the next 20 s",
                "all fail for 20 s: rejected in the next 20 s",
                "in the 20 s after",
                "one end point slow: delivered",
                "one of ten services slow: delivered");
        table.append(
                "| semian's classic breaker, as published | .11 | .46 | .17 | .38 to .83 | .79 | 0 | .88 to .93 | .88 to .89 |\n");
        table.append(
                "| semian's adaptive breaker, as published | .59 | .065 | .67 | .004 to .065 | .84 | .13 | .88 to .90 | .87 to .88 |\n");
        published(
                table, "semian's classic breaker, in the lab", Subjects.SEMIAN_12, Subjects.SEMIAN_2, Breakers.WORKER);
        published(table, "no breaker", Subjects.NONE, Subjects.NONE, Breakers.WORKER);
        for (Kind kind : BREAKERS) {
            published(table, kind.name(), kind, kind, Breakers.WORKER);
        }
        for (Kind kind : concat(Subjects.OURS, Subjects.PEERS)) {
            published(table, kind.name() + ", one for all threads", kind, kind, Breakers.SHARED);
        }
        return table.toString();
    }

    private void published(StringBuilder table, String name, Kind failing, Kind slow, Breakers owner) {
        table.append("| ").append(code(name)).append(" |");
        Study sustained = semian("sustained", failing, owner);
        table.append(least(sustained, run -> run.in("bad").deliveredShare()));
        table.append(most(sustained, run -> run.in("after").rejectedShare()));
        Study fifth = semian("spike-20", failing, owner);
        table.append(least(fifth, run -> run.in("bad").deliveredShare()));
        table.append(most(fifth, run -> run.in("after").rejectedShare()));
        Study all = semian("spike-100", failing, owner);
        table.append(most(all, run -> run.in("after").rejectedShare()));
        table.append(most(all, run -> run.in("later").rejectedShare()));
        table.append(
                least(semian("slow-endpoint", slow, owner), run -> run.in("bad").deliveredShare()));
        table.append(
                least(semian("slow-service", slow, owner), run -> run.in("bad").deliveredShare()));
        table.append('\n');
    }

    private Study semian(String name, Kind kind, Breakers owner) {
        return Study.of(Scenario.named("semian-" + name).breakers(owner), kind, seeds);
    }

    private String overload() {
        StringBuilder table = header(
                "",
                "4 times the capacity offered: delivered / capacity",
                "sent / capacity",
                "after an outage, a warm-up of 10 s: delivered meanwhile",
                "delivered later",
                "a spike of 5 s at a service that slows down: delivered in the 15 s after",
                "delivered later");
        List<Kind> kinds = concat(
                List.of(Subjects.NONE),
                BREAKERS,
                List.of(Subjects.THREE_RETRIES, Subjects.RETRIES, Subjects.RETRIES_AND_BREAKER));
        for (Kind kind : kinds) {
            table.append(name(kind));
            Study overload = Study.of(Scenario.named("overload"), kind, seeds);
            table.append(least(overload, run -> run.in("bad").delivered() / 59_000.0));
            table.append(most(overload, run -> run.in("bad").sent() / 59_000.0));
            Study warmUp = Study.of(Scenario.named("warm-up"), kind, seeds);
            table.append(least(warmUp, run -> run.in("warm-up").deliveredShare()));
            table.append(least(warmUp, run -> run.in("after").deliveredShare()));
            Study collapse = Study.of(Scenario.named("collapse"), kind, seeds);
            table.append(least(collapse, run -> run.in("recovery").deliveredShare()));
            table.append(least(collapse, run -> run.in("after").deliveredShare()));
            table.append('\n');
        }
        return table.toString();
    }

    private String others() {
        StringBuilder table = header(
                "",
                "all fail in every second 10 s: delivered / possible",
                "sent while all fail",
                "failures climb to all and fall: delivered / possible",
                "every second call fails: delivered / possible",
                "bursts of 3 times the capacity: delivered / capacity",
                "sent / capacity",
                "100 breakers, 4 times the capacity: delivered / capacity",
                "sent / capacity",
                "3 calls a minute: sent in an outage",
                "delivered in the 10 min after");
        for (Kind kind : concat(List.of(Subjects.NONE), BREAKERS)) {
            table.append(name(kind));
            Study oscillation = Study.of(Scenario.named("oscillation"), kind, seeds);
            table.append(least(oscillation, run -> run.in("good").deliveredShare()));
            table.append(most(oscillation, run -> run.in("bad").load()));
            table.append(least(
                    Study.of(Scenario.named("climb"), kind, seeds),
                    run -> 2.1 * run.all().deliveredShare() / 1.1));
            table.append(least(
                    Study.of(Scenario.named("every-second"), kind, seeds),
                    run -> 2 * run.all().deliveredShare()));
            Study bursts = Study.of(Scenario.named("bursts"), kind, seeds);
            table.append(least(bursts, run -> run.in("burst").delivered() / 33_300.0));
            table.append(most(bursts, run -> run.in("burst").sent() / 33_300.0));
            Study fleet = Study.of(Scenario.named("fleet"), kind, seeds);
            table.append(least(fleet, run -> run.in("bad").delivered() / 72_500.0));
            table.append(most(fleet, run -> run.in("bad").sent() / 72_500.0));
            Study few = Study.of(Scenario.named("few-calls"), kind, seeds);
            table.append(most(few, run -> run.in("outage").load()));
            table.append(least(few, run -> run.in("after").deliveredShare()));
            table.append('\n');
        }
        return table.toString();
    }

    private String retries() {
        StringBuilder table = header(
                "requests for each call; 100 clients, 1,000 calls/s in total",
                "10 % fail",
                "delivered",
                "50 % fail",
                "delivered",
                "all fail");
        table.append(
                "| no retries, 3 retries, token bucket, breaker on retries, as published | | | | | 1, 4, 1.14, 1 |\n");
        List<Kind> kinds = List.of(
                Subjects.NONE,
                Subjects.THREE_RETRIES,
                Subjects.TOKEN_BUCKET,
                Subjects.RETRY_BREAKER,
                Subjects.RETRIES,
                Subjects.RETRIES_AND_BREAKER);
        for (Kind kind : kinds) {
            table.append(name(kind));
            for (double failing : new double[] {.1, .5, 1}) {
                Scenario scenario =
                        Scenario.named("retry-storm").failing("begin", failing).failing("bad", failing);
                Study study = Study.of(scenario, kind, seeds);
                table.append(most(study, run -> run.in("bad").load()));
                if (failing < 1) {
                    table.append(least(study, run -> run.in("bad").deliveredShare()));
                }
            }
            table.append('\n');
        }
        return table.toString();
    }

    private String bar() {
        StringBuilder table = header("goal", "limit", "median", "worst seed", "");
        for (Goal goal : Bar.goals()) {
            Goal.Verdict verdict = goal.verdict(seeds);
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | %.3f | %.3f | %s |%n",
                    goal.what(),
                    goal.bound(),
                    verdict.measured(),
                    verdict.worst(),
                    verdict.met() ? "met" : "**missed**"));
        }
        return table.toString();
    }

    // ---- cells

    private static StringBuilder header(String... columns) {
        return new StringBuilder("| ")
                .append(String.join(" | ", columns))
                .append(" |\n")
                .append("|---".repeat(columns.length))
                .append("|\n");
    }

    private static String name(Kind kind) {
        return "| " + code(kind.name()) + " |";
    }

    private static String code(String name) {
        return name.replaceAll("\\b(?:[A-Z]+_[A-Z]+|ADAPTIVE)\\b", "`$0`");
    }

    private static String least(Study study, ToDoubleFunction<Figures> measure) {
        Study.Spread spread = study.spread(measure);
        return cell(spread.median(), spread.min());
    }

    private static String most(Study study, ToDoubleFunction<Figures> measure) {
        Study.Spread spread = study.spread(measure);
        return cell(spread.median(), spread.max());
    }

    private static String cell(double median, double worst) {
        String first = String.format(Locale.ROOT, "%.2f", median);
        String second = String.format(Locale.ROOT, "%.2f", worst);
        return first.equals(second) ? " " + first + " |" : " " + first + " (" + second + ") |";
    }
}
