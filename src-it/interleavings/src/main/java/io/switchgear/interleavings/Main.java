// SPDX-License-Identifier: Apache-2.0
package io.switchgear.interleavings;

import java.io.IOException;
import java.util.SortedSet;
import java.util.TreeSet;
import org.openjdk.jcstress.JCStress;
import org.openjdk.jcstress.Options;
import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.collectors.DiskReadCollector;

/**
 * Runs the tests. Exits with an error if one of them had a forbidden outcome, and also if one could not be run, which
 * jcstress itself ignores.
 */
public final class Main {
    private Main() {}

    /** Runs the tests with the arguments of jcstress. */
    public static void main(String[] arguments) throws Exception {
        if (Runtime.getRuntime().availableProcessors() < 2) {
            say("SKIPPED: the tests need two processors");
            return;
        }
        Options options = new Options(arguments);
        if (!options.parse()) {
            System.exit(1);
        }
        JCStress tests = new JCStress(options);
        if (tests.getTests().isEmpty()) {
            say("NOT RUN: no test has a name like this");
            System.exit(1);
        }
        tests.run();
        SortedSet<String> notRun = notRun(tests, options.getResultFile());
        if (!notRun.isEmpty()) {
            say("NOT RUN: " + String.join(", ", notRun));
            System.exit(1);
        }
    }

    private static SortedSet<String> notRun(JCStress tests, String results) throws IOException, ClassNotFoundException {
        SortedSet<String> missing = tests.getTests();
        SortedSet<String> skipped = new TreeSet<>();
        DiskReadCollector reader = new DiskReadCollector(results, result -> {
            if (result.status() == Status.NORMAL && result.getTotalCount() > 0) {
                missing.remove(result.getName());
            } else {
                skipped.add(result.getName());
            }
        });
        reader.dump();
        reader.close();
        missing.addAll(skipped);
        return missing;
    }

    @SuppressWarnings("SystemOut") // where jcstress reports too
    private static void say(String line) {
        System.out.println(line);
    }
}
