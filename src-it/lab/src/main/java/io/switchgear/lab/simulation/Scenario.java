// SPDX-License-Identifier: Apache-2.0
package io.switchgear.lab.simulation;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/**
 * An experiment as data, read from {@code scenarios/<name>.properties}.
 *
 * @param name the name of its file
 * @param title one line for tables
 * @param source where the experiment was published, or "own"
 * @param arrivals calls in a second, those of all clients together
 * @param random whether calls arrive at random (a Poisson process) or evenly
 * @param clients callers that share nothing
 * @param workers threads that make the calls; 0 if each call has its own
 * @param patienceNanos time after which a call that waits for a worker is dropped
 * @param breakers who has a subject of its own
 * @param services the number of services; each call goes to one of them, at random
 * @param latency the latency of requests
 * @param serviceThreads requests that one service handles at a time; 0 for no limit
 * @param serviceQueueNanos time after which a request that waits for a thread of the service fails
 * @param phases the script
 */
public record Scenario(
        String name,
        String title,
        String source,
        double arrivals,
        boolean random,
        int clients,
        int workers,
        long patienceNanos,
        Breakers breakers,
        int services,
        Latency latency,
        int serviceThreads,
        long serviceQueueNanos,
        List<Phase> phases) {
    private static final double MILLIS = 1e6;

    /** What has a subject of its own, for each service. */
    public enum Breakers {
        /** The application: all callers share one. */
        SHARED,
        /** Each client. */
        CLIENT,
        /** Each worker thread. */
        WORKER
    }

    /**
     * The latency of requests.
     *
     * @param endpoints the number of endpoints of a service, each with a fixed latency that is drawn at random; 0 if
     *     each request has a random latency
     * @param meanNanos its mean; 0 if calls take no time
     * @param deviationNanos its standard deviation (log-normal); 0 for an exponential distribution
     * @param minNanos its minimum
     * @param maxNanos its maximum
     * @param perRequestNanos what each request in flight adds
     * @param failsAfter the share of the latency after which a request fails
     * @param limitNanos time after which the caller gives up; 0 for never
     */
    public record Latency(
            int endpoints,
            long meanNanos,
            long deviationNanos,
            long minNanos,
            long maxNanos,
            long perRequestNanos,
            double failsAfter,
            long limitNanos) {}

    /** Reads a scenario of the lab. */
    public static Scenario named(String name) {
        try (InputStream file =
                Scenario.class.getResourceAsStream("/io/switchgear/lab/scenarios/" + name + ".properties")) {
            if (file == null) {
                throw new IllegalArgumentException("no scenario has the name " + name);
            }
            Properties text = new Properties();
            try (Reader reader = new InputStreamReader(file, StandardCharsets.UTF_8)) {
                text.load(reader);
            }
            return parse(name, text);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Scenario parse(String name, Properties text) {
        Set<String> unread = new TreeSet<>(text.stringPropertyNames());
        Keys keys = new Keys(text, unread);
        List<Phase> phases = new ArrayList<>();
        while (text.containsKey("phase." + (phases.size() + 1))) {
            phases.add(Phase.parse(keys.text("phase." + (phases.size() + 1), "")));
        }
        Scenario scenario = new Scenario(
                name,
                keys.text("title", name),
                keys.text("source", "own"),
                keys.number("arrivals.per.second", 1),
                keys.text("arrivals", "random").equals("random"),
                (int) keys.number("clients", 1),
                (int) keys.number("workers", 0),
                keys.millis("patience.millis"),
                Breakers.valueOf(keys.text("breakers", "shared").toUpperCase(Locale.ROOT)),
                (int) keys.number("services", 1),
                new Latency(
                        (int) keys.number("endpoints", 0),
                        keys.millis("latency.mean.millis"),
                        keys.millis("latency.deviation.millis"),
                        keys.millis("latency.min.millis"),
                        keys.millis("latency.max.millis"),
                        keys.millis("latency.per.request.in.flight.millis"),
                        keys.number("fails.after.percent.of.latency", 100) / 100,
                        keys.millis("time.limit.millis")),
                (int) keys.number("service.threads", 0),
                keys.millis("service.queue.millis"),
                List.copyOf(phases));
        if (!unread.isEmpty()) {
            throw new IllegalArgumentException(name + " has unknown keys: " + unread);
        }
        return scenario;
    }

    private record Keys(Properties text, Set<String> unread) {
        String text(String key, String otherwise) {
            unread.remove(key);
            return text.getProperty(key, otherwise).strip();
        }

        double number(String key, double otherwise) {
            return Double.parseDouble(text(key, String.valueOf(otherwise)));
        }

        long millis(String key) {
            return (long) (number(key, 0) * MILLIS);
        }
    }

    /** Returns this scenario with another rate of arrivals. */
    public Scenario arrivals(double perSecond) {
        return with(perSecond, clients, breakers, phases);
    }

    /** Returns this scenario with another number of clients. */
    public Scenario clients(int number) {
        return with(arrivals, number, breakers, phases);
    }

    /** Returns this scenario with another owner of subjects. */
    public Scenario breakers(Breakers owner) {
        return with(arrivals, clients, owner, phases);
    }

    /** Returns this scenario with another share of failures in the phases of a name. */
    public Scenario failing(String phase, double share) {
        return with(
                arrivals,
                clients,
                breakers,
                phases.stream()
                        .map(each -> each.name().equals(phase) ? each.failing(share) : each)
                        .toList());
    }

    private Scenario with(double perSecond, int number, Breakers owner, List<Phase> script) {
        return new Scenario(
                name,
                title,
                source,
                perSecond,
                random,
                number,
                workers,
                patienceNanos,
                owner,
                services,
                latency,
                serviceThreads,
                serviceQueueNanos,
                script);
    }

    /** Returns the length of the script in nanoseconds. */
    public long nanos() {
        return phases.stream().mapToLong(Phase::nanos).sum();
    }
}
