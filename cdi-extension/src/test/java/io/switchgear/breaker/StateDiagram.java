// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import io.switchgear.pages.Page;
import io.switchgear.status.BreakerMode;
import io.switchgear.status.CircuitState;
import io.switchgear.status.CircuitTransition;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The diagrams of states in the manual, as the arrows that they have. */
final class StateDiagram {
    /** All states, forced modes apart from the states that they are modes of. */
    static final List<String> NODES = List.of("CLOSED", "OPEN", "HALF_OPEN", "FORCED_OPEN", "FORCED_CLOSED");

    private static final String EVERY_OTHER = "ANY";
    private static final Pattern ARROW = Pattern.compile("^ *([\\w\\[*\\]]+) --> (\\w+)(?: : (.+))?$");

    /** @param cause what leads from one to the other, as in the label of an arrow */
    record Arrow(String from, String to, String cause) {}

    private StateDiagram() {}

    /** Returns the arrows, those for several states or causes once for each. */
    static Set<Arrow> arrows() {
        Set<Arrow> arrows = new LinkedHashSet<>();
        lines().map(ARROW::matcher).filter(Matcher::matches).forEach(arrow -> {
            if (arrow.group(1).equals("[*]")) {
                return;
            }
            for (String cause : arrow.group(3).split(", ", -1)) {
                from(arrow.group(1)).stream()
                        .filter(from -> !from.equals(arrow.group(2)))
                        .forEach(from -> arrows.add(new Arrow(from, arrow.group(2), cause)));
            }
        });
        return arrows;
    }

    /** Returns the state that a new breaker has. */
    static String start() {
        return lines().map(ARROW::matcher)
                .filter(Matcher::matches)
                .filter(arrow -> arrow.group(1).equals("[*]"))
                .map(arrow -> arrow.group(2))
                .collect(Collectors.joining());
    }

    /** Returns the ways that the arrows lead, whatever the cause: {@code CLOSED to OPEN}. */
    static Set<String> ways() {
        return arrows().stream().map(arrow -> way(arrow.from(), arrow.to())).collect(Collectors.toSet());
    }

    private static List<String> from(String node) {
        return node.equals(EVERY_OTHER) ? NODES : List.of(node);
    }

    private static Stream<String> lines() {
        return Page.ofManual("design.md").code("mermaid").stream().flatMap(diagram -> diagram.lines());
    }

    private static String way(String from, String to) {
        return from + " to " + to;
    }

    /** Returns the node of a breaker in this state and mode. */
    static String node(CircuitState state, BreakerMode mode) {
        return mode == BreakerMode.FORCED_OPEN || mode == BreakerMode.FORCED_CLOSED ? mode.name() : state.name();
    }

    static String from(CircuitTransition transition) {
        return node(transition.from(), transition.fromMode());
    }

    static String to(CircuitTransition transition) {
        return node(transition.to(), transition.mode());
    }

    /** Returns the ways that these transitions have taken; those that stay in a node aside. */
    static Set<String> waysOf(List<CircuitTransition> transitions) {
        return transitions.stream()
                .filter(transition -> !from(transition).equals(to(transition)))
                .map(transition -> way(from(transition), to(transition)))
                .collect(Collectors.toSet());
    }
}
