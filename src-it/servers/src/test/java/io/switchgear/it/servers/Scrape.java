// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The metrics that Prometheus reads from the example. */
final class Scrape {
    private record Series(String metric, Map<String, String> labels) {
        boolean is(String wantedMetric, Map<String, String> wanted) {
            return metric.equals(wantedMetric) && labels.entrySet().containsAll(wanted.entrySet());
        }
    }

    private static final Pattern LINE = Pattern.compile("([a-z_]+)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"([^\"]*)\"");

    private final Map<Series, Double> values;

    private Scrape(Map<Series, Double> values) {
        this.values = values;
    }

    static Scrape ofShop() {
        HttpResponse<String> response = Server.get("shop/metrics");
        assertThat(response.statusCode()).isEqualTo(200);
        return new Scrape(response.body()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(Scrape::read)
                .collect(
                        Collectors.toMap(line -> series(line.group(1), line.group(2)), line -> number(line.group(3)))));
    }

    private static Matcher read(String line) {
        Matcher parts = LINE.matcher(line);
        assertThat(parts.matches()).as(line).isTrue();
        return parts;
    }

    private static Series series(String metric, String labels) {
        return new Series(
                metric,
                LABEL.matcher(labels == null ? "" : labels)
                        .results()
                        .collect(Collectors.toMap(label -> label.group(1), label -> label.group(2))));
    }

    private static double number(String text) {
        return Double.parseDouble(text);
    }

    /** Returns the growth of each value since {@code earlier}. */
    Scrape since(Scrape earlier) {
        Map<Series, Double> grown = new HashMap<>();
        values.forEach((series, value) -> grown.put(series, value - earlier.values.getOrDefault(series, 0.0)));
        return new Scrape(grown);
    }

    /**
     * Returns the sum of a metric over all series with these labels.
     *
     * @param labels names and values in turn
     */
    double sum(String metric, String... labels) {
        List<Double> found = found(metric, labels);
        assertThat(found).as("%s %s", metric, List.of(labels)).isNotEmpty();
        return found.stream().mapToDouble(Double::doubleValue).sum();
    }

    boolean has(String metric, String... labels) {
        return !found(metric, labels).isEmpty();
    }

    private List<Double> found(String metric, String... labels) {
        Map<String, String> wanted = new HashMap<>();
        for (int i = 0; i < labels.length; i += 2) {
            wanted.put(labels[i], labels[i + 1]);
        }
        return values.entrySet().stream()
                .filter(entry -> entry.getKey().is(metric, wanted))
                .map(Map.Entry::getValue)
                .toList();
    }

    Set<String> metrics() {
        return values.keySet().stream().map(Series::metric).collect(Collectors.toSet());
    }

    /** Returns the names of the labels of a metric; empty if the metric does not exist. */
    Set<String> labels(String metric) {
        return series(metric)
                .flatMap(series -> series.labels().keySet().stream())
                .collect(Collectors.toSet());
    }

    /** Returns the values of a label of a metric. */
    Set<String> values(String metric, String label) {
        return series(metric).map(series -> series.labels().get(label)).collect(Collectors.toSet());
    }

    private Stream<Series> series(String metric) {
        return values.keySet().stream().filter(series -> series.metric().equals(metric));
    }
}
