// SPDX-License-Identifier: Apache-2.0
package io.switchgear.load;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import javax.management.JMException;
import javax.management.remote.JMXConnector;

/** The load for a long time, through the same outages again and again: the server must not hold more and more. */
final class Soak {
    private static final Variant VARIANT = Variant.ADAPTIVE;

    private Soak() {}

    /** Returns what the server holds after each round; the first has warmed it up. */
    @SuppressWarnings("SystemOut") // it takes long, so each row is shown when it is there
    static List<Footprint> run(Server server, Path archives, int callsPerSecond, Duration time)
            throws IOException, InterruptedException, ExecutionException, TimeoutException, JMException {
        server.deploy(archives.resolve(VARIANT.war()), VARIANT.configuration());
        Shop shop = new Shop(server.control());
        List<Footprint> footprints = new ArrayList<>();
        System.out.println("| heap | threads | files and connections | MBeans | meters |\n|---|---|---|---|---|");
        try (JMXConnector connector = server.connect()) {
            shop.empty();
            shop.warmUp();
            Future<List<Call>> calls = new Load(server.shop(), callsPerSecond).start(time);
            long end = System.nanoTime() + time.toNanos();
            while (System.nanoTime() + Form.SHORT.length().toNanos() < end) {
                for (Phase phase : Form.SHORT.phases()) {
                    shop.change(Service.DISTURBED, phase.conditions());
                    Thread.sleep(Form.SHORT.length(phase).toMillis());
                }
                footprints.add(Footprint.of(connector.getMBeanServerConnection(), shop));
                System.out.println(footprints.get(footprints.size() - 1).row());
            }
            System.out.printf("%,d calls%n", calls.get().size());
        }
        return footprints;
    }

    /** Returns whether the last round left no more behind than the second one. */
    static boolean isFlat(List<Footprint> footprints) {
        return footprints.size() > 2 && footprints.get(footprints.size() - 1).isAtMost(footprints.get(1));
    }
}
