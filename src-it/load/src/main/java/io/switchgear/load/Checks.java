// SPDX-License-Identifier: Apache-2.0
package io.switchgear.load;

import static java.util.Locale.ROOT;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What the load test proves: ratios within one run, so that a slow machine proves the same. */
final class Checks {
    private static final double MAX_SLOWER = 1.2;
    private static final double MAX_SENT = .02;

    /** A breaker needs some failures to open; from then on its backend is to be left alone. */
    private static final Duration OPENING = Duration.ofSeconds(3);

    private final List<String> passed = new ArrayList<>();
    private final List<String> failed = new ArrayList<>();

    Checks(List<Recording> recordings) {
        recordings.forEach(this::check);
    }

    private void check(Recording run) {
        boolean isGuarded = run.variant() != Variant.UNGUARDED;
        int threads = run.usualBusyThreads(Phase.HANG);
        add(
                isGuarded == threads < Server.REQUEST_THREADS,
                run,
                "while users hang, usually %d of %d threads are in use".formatted(threads, Server.REQUEST_THREADS));
        if (isGuarded) {
            long normal = run.form().phases().stream()
                    .filter(Phase::isNormal)
                    .mapToLong(phase -> run.usualPercentile(phase, Service.NEIGHBOURS))
                    .max()
                    .orElseThrow();
            long meanwhile = run.usualPercentile(Phase.HANG, Service.NEIGHBOURS);
            add(
                    meanwhile <= MAX_SLOWER * normal,
                    run,
                    "while users hang, 99 %% of the calls of the others usually end within %d ms, while it works within %d ms"
                            .formatted(meanwhile, normal));
            checkOutages(run);
        }
        add(
                run.lostOrders().isEmpty(),
                run,
                run.lostOrders().size() + " orders that were acknowledged are lost: " + run.lostOrders());
    }

    /** Checks each time that the backend is down, even if it is first so in one way and then in another. */
    private void checkOutages(Recording run) {
        long from = 0;
        List<Phase> phases = run.form().phases();
        for (int i = 0; i < phases.size(); i++) {
            if (phases.get(i).isDown() && !phases.get(i - 1).isDown()) {
                from = run.start(phases.get(i)) + OPENING.toMillis();
            }
            if (phases.get(i).isDown() && !phases.get(i + 1).isDown()) {
                double sent = run.sentShare(from, run.end(phases.get(i)));
                add(
                        sent <= MAX_SENT,
                        run,
                        String.format(
                                ROOT,
                                "%d s after its backend went down, and until it is back, %.1f %% of the calls of users"
                                        + " are sent",
                                OPENING.toSeconds(),
                                100 * sent));
            }
        }
    }

    private void add(boolean isPassed, Recording run, String what) {
        (isPassed ? passed : failed).add(run.variant().title() + ": " + what);
    }

    /** Returns what held. */
    List<String> passed() {
        return passed;
    }

    /** Returns what did not hold. */
    List<String> failed() {
        return failed;
    }
}
