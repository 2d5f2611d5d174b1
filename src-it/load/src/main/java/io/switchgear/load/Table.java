// SPDX-License-Identifier: Apache-2.0
package io.switchgear.load;

import static java.util.Locale.ROOT;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The table of the manual: a row for each phase that disturbs, and for each variant. */
final class Table {
    private static final Set<Phase> SHOWN =
            EnumSet.of(Phase.NORMAL, Phase.HANG, Phase.SLOW, Phase.FAILURES, Phase.OUTAGE, Phase.RECOVERY);

    private Table() {}

    static String of(Form form, List<Recording> recordings) {
        StringBuilder table = new StringBuilder("""
            | `users` | guards | `users`: succeeded | rejected | failed | unanswered | 99 % within | sent | others: succeeded | 99 % within | threads |
            |---|---|---|---|---|---|---|---|---|---|---|
            """);
        form.phases().stream()
                .filter(SHOWN::contains)
                .forEach(phase -> recordings.forEach(run -> table.append(row(phase, run))));
        return table.toString();
    }

    private static String row(Phase phase, Recording run) {
        List<Call> disturbed = run.calls(phase, List.of(Service.DISTURBED));
        List<Call> neighbours = run.calls(phase, Service.NEIGHBOURS);
        return String.format(
                ROOT,
                "| %s | %s | %s | %s | %s | %s | %,d ms | %s | %s | %,d ms | %d |\n",
                phase.title(),
                run.variant().title(),
                percent(Recording.share(disturbed, Result.SUCCEEDED)),
                percent(Recording.share(disturbed, Result.REJECTED)),
                percent(Recording.share(disturbed, Result.FAILED)),
                percent(Recording.share(disturbed, Result.UNANSWERED)),
                Recording.percentile(disturbed, 99),
                percent(run.sentShare(phase)),
                percent(Recording.share(neighbours, Result.SUCCEEDED)),
                Recording.percentile(neighbours, 99),
                run.usualBusyThreads(phase));
    }

    private static String percent(double share) {
        return String.format(ROOT, "%.0f %%", 100 * share);
    }
}
