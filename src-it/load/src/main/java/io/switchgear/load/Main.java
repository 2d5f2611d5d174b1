// SPDX-License-Identifier: Apache-2.0
package io.switchgear.load;

import io.switchgear.lab.ManualPage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Runs the load against each variant, one after the other on one server, and writes a table and plots to a directory;
 * the long form puts them into the manual too.
 *
 * <p>System properties: {@code form}, which is {@code short}, {@code long} or {@code soak}; {@code callsPerSecond} of
 * each service; {@code minutes} of a soak; {@code page}, {@code false} to leave the manual as it is.
 */
public final class Main {
    private Main() {}

    /**
     * Runs the test; the arguments are the directory of WildFly, that of the archives, that for the results, and the
     * root of the repository. Ends with status 1 if a check fails.
     */
    @SuppressWarnings("SystemOut") // the tables are the output of this program
    public static void main(String[] arguments) throws Exception {
        Path archives = Path.of(arguments[1]);
        Path target = Files.createDirectories(Path.of(arguments[2]));
        String form = System.getProperty("form").toUpperCase(Locale.ROOT);
        int callsPerSecond = Integer.getInteger("callsPerSecond");
        boolean isPassed;
        try (Server server = Server.start(Path.of(arguments[0]), target.resolve("server"))) {
            if (form.equals("SOAK")) {
                Duration time = Duration.ofMinutes(Integer.getInteger("minutes"));
                isPassed = Soak.isFlat(Soak.run(server, archives, callsPerSecond, time));
                System.out.println(isPassed ? "holds: flat" : "FAILS: not flat");
            } else {
                isPassed = run(
                        Form.valueOf(form),
                        new Recorder(server, archives, callsPerSecond),
                        target,
                        Path.of(arguments[3]));
            }
        }
        // the threads of JMeter do not end by themselves
        System.exit(isPassed ? 0 : 1);
    }

    @SuppressWarnings("SystemOut")
    private static boolean run(Form form, Recorder recorder, Path target, Path root) throws Exception {
        List<Recording> recordings = new ArrayList<>();
        for (Variant variant : form.variants()) {
            recordings.add(recorder.record(variant, form));
        }
        String table = Table.of(form, recordings);
        System.out.println(table);
        Files.writeString(target.resolve("load.md"), table);
        List<Path> pictures = Plots.write(recordings, target);
        Checks checks = new Checks(recordings);
        checks.passed().forEach(check -> System.out.println("holds: " + check));
        checks.failed().forEach(check -> System.out.println("FAILS: " + check));
        if (form == Form.LONG && !"false".equals(System.getProperty("page"))) {
            ManualPage.write(root, "load.md", Map.of("load", table), pictures);
        }
        return checks.failed().isEmpty();
    }
}
