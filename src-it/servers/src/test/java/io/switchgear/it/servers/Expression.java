// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Checks that the metrics and labels of a Prometheus expression exist. Knows only the part of the language that the
 * dashboard uses, and regards everything else as a mistake.
 */
final class Expression {
    private static final Pattern TOKEN = Pattern.compile(
            "\\s*([a-z_]+|\"[^\"]*\"|[0-9.]+|\\[(?:[0-9]+[smh]|\\$__rate_interval)]|=~|!=|==|[/=(){},])");
    private static final Set<String> AGGREGATIONS = Set.of("sum", "max", "min");
    private static final Set<String> OF_COUNTERS = Set.of("rate", "increase");

    private final List<String> tokens = new ArrayList<>();
    private final Scrape scrape;
    private int next;

    private Expression(String text, Scrape scrape) {
        this.scrape = scrape;
        Matcher token = TOKEN.matcher(text);
        int end = 0;
        for (; token.lookingAt(); token.region(end, text.length())) {
            tokens.add(token.group(1));
            end = token.end();
        }
        require(end == text.length(), "cannot read: " + text.substring(end));
    }

    /**
     * Returns the labels of the result of an expression.
     *
     * @throws IllegalArgumentException if it has a mistake, or queries a metric or label that does not exist
     */
    static Set<String> labels(String text, Scrape scrape) {
        Expression expression = new Expression(text, scrape);
        Set<String> labels = expression.whole();
        require(expression.next == expression.tokens.size(), "something is left over");
        return labels;
    }

    private Set<String> whole() {
        Set<String> labels = operand();
        while (take("/") || take("==")) {
            boolean number = take("bool");
            Set<String> other = operand();
            require(number ? other.isEmpty() : other.equals(labels), labels + " do not match " + other);
        }
        return labels;
    }

    private Set<String> operand() {
        String first = take();
        if (first.matches("[0-9.]+")) {
            return Set.of();
        }
        if (AGGREGATIONS.contains(first)) {
            return aggregation();
        }
        if (OF_COUNTERS.contains(first)) {
            expect("(");
            String counter = take();
            require(counter.endsWith("_total"), first + " of a gauge: " + counter);
            Set<String> labels = selected(counter);
            require(take().startsWith("["), "no range: " + counter);
            expect(")");
            return labels;
        }
        return selected(first);
    }

    private Set<String> aggregation() {
        Set<String> kept = new HashSet<>();
        if (take("by")) {
            expect("(");
            do {
                kept.add(take());
            } while (take(","));
            expect(")");
        }
        expect("(");
        Set<String> labels = whole();
        expect(")");
        require(labels.containsAll(kept), "of " + kept + " only " + labels + " are there");
        return kept;
    }

    private Set<String> selected(String metric) {
        Set<String> labels = scrape.labels(metric);
        require(!labels.isEmpty(), "no metric " + metric);
        if (take("{")) {
            do {
                String label = take();
                require(labels.contains(label), metric + " has no label " + label);
                String matching = take();
                String value = take().replace("\"", "");
                require(Set.of("=", "!=", "=~").contains(matching), "no way to match: " + matching);
                if (!value.equals("$service")) {
                    Stream<String> all = matching.equals("=~") ? Stream.of(value.split("\\|")) : Stream.of(value);
                    all.forEach(one -> require(
                            scrape.values(metric, label).contains(one), "no " + metric + " with " + label + " " + one));
                }
            } while (take(","));
            expect("}");
        }
        return labels;
    }

    private String take() {
        require(next < tokens.size(), "something is missing");
        return tokens.get(next++);
    }

    private boolean take(String wanted) {
        boolean found = next < tokens.size() && tokens.get(next).equals(wanted);
        next += found ? 1 : 0;
        return found;
    }

    private void expect(String wanted) {
        String found = take();
        require(found.equals(wanted), wanted + " expected, not " + found);
    }

    private static void require(boolean fine, String problem) {
        if (!fine) {
            throw new IllegalArgumentException(problem);
        }
    }
}
