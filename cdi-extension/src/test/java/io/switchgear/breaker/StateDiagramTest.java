// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.CircuitOpenException;
import io.switchgear.breaker.StateDiagram.Arrow;
import io.switchgear.pages.Page;
import io.switchgear.settings.TripOn;
import io.switchgear.status.BreakerMode;
import io.switchgear.status.CircuitTransition;
import java.nio.file.Files;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Compares the diagrams of the manual with the code. A breaker is driven along each arrow, in each of the two modes in
 * which it decides by itself; and whatever is done to it in any state, it takes no other. Nor does it in the random
 * steps of {@link BreakerModelTest}.
 */
class StateDiagramTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** Why a breaker goes such a way by its own decision. */
    private static final Map<String, String> OWN = Map.of(
            "CLOSED to OPEN", "the policy trips",
            "CLOSED to HALF_OPEN", "ADAPTIVE trips in part",
            "OPEN to HALF_OPEN", "time is over",
            "HALF_OPEN to OPEN", "a trial fails",
            "HALF_OPEN to CLOSED", "trials succeed",
            "FORCED_OPEN to HALF_OPEN", "mode ends",
            "FORCED_CLOSED to CLOSED", "mode ends",
            "FORCED_CLOSED to OPEN", "mode ends and the policy trips");

    /** What to do to a breaker, by the labels of arrows. */
    private static final Map<String, Consumer<TestBreaker>> CAUSES = new LinkedHashMap<>();

    static {
        CAUSES.put("the policy trips", test -> attempt(test, TestBreaker.Call::failed));
        CAUSES.put("ADAPTIVE trips in part", test -> {
            test.tune(s -> s.tripOn(TripOn.ADAPTIVE).minimumCalls(2).failureRateThresholdPercent(20));
            attempt(test, TestBreaker.Call::failed);
            attempt(test, TestBreaker.Call::succeeded);
            attempt(test, TestBreaker.Call::failed);
            attempt(test, TestBreaker.Call::failed);
        });
        CAUSES.put("time is over", test -> {
            test.time.advanceMillis(1_000);
            attempt(test, TestBreaker.Call::ignored);
        });
        CAUSES.put("a trial fails", test -> attempt(test, TestBreaker.Call::failed));
        CAUSES.put("trials succeed", test -> attempt(test, TestBreaker.Call::succeeded));
        CAUSES.put("forceOpen", test -> test.breaker.forceOpen("drill"));
        CAUSES.put("forceClosed", test -> test.breaker.forceClosed("drill"));
        CAUSES.put("automatic", test -> test.breaker.automatic());
        CAUSES.put("observe", test -> test.breaker.observe("drill"));
        CAUSES.put("halfOpenNow", test -> test.breaker.halfOpenNow());
        CAUSES.put("reset", test -> test.breaker.reset());
        CAUSES.put("mode ends", test -> {
            endInAMinute(test);
            test.time.advanceMillis(MINUTE.toMillis());
            attempt(test, TestBreaker.Call::ignored);
        });
        CAUSES.put("mode ends and the policy trips", test -> {
            endInAMinute(test);
            attempt(test, running -> {
                test.time.advanceMillis(MINUTE.toMillis());
                running.failed();
            });
        });
    }

    private static void attempt(TestBreaker test, Consumer<TestBreaker.Call> ending) {
        try {
            ending.accept(test.call());
        } catch (CircuitOpenException rejected) {
            // as it is in some states
        }
    }

    /** Gives a forced mode an end; the other modes keep none. */
    private static void endInAMinute(TestBreaker test) {
        BreakerMode mode = test.breaker.snapshot().mode();
        if (mode == BreakerMode.FORCED_OPEN || mode == BreakerMode.FORCED_CLOSED) {
            test.breaker.setMode(mode, MINUTE, "drill");
        }
    }

    /** Returns a breaker in a state of the diagram, of which one failure, or one successful trial, suffices. */
    private static TestBreaker in(String node, BreakerMode mode) {
        TestBreaker test = new TestBreaker(
                s -> s.failureThreshold(1).openMillis(1_000).successThreshold(1).halfOpenMaxCalls(1));
        test.breaker.setMode(mode, null, "");
        switch (node) {
            case "CLOSED" -> {
                // from the beginning
            }
            case "OPEN" -> test.fail();
            case "HALF_OPEN" -> {
                test.fail();
                test.breaker.halfOpenNow();
            }
            case "FORCED_OPEN" -> test.breaker.forceOpen("");
            case "FORCED_CLOSED" -> test.breaker.forceClosed("");
            default -> throw new IllegalArgumentException(node);
        }
        assertThat(node(test)).isEqualTo(node);
        test.transitions.clear();
        return test;
    }

    private static String node(TestBreaker test) {
        return StateDiagram.node(
                test.breaker.snapshot().state(), test.breaker.snapshot().mode());
    }

    /** Does it to a breaker in this state; returns the arrows that the breaker takes. */
    private static Set<Arrow> taken(String node, BreakerMode mode, String cause) {
        TestBreaker test = in(node, mode);
        CAUSES.get(cause).accept(test);
        Set<Arrow> arrows = new LinkedHashSet<>();
        for (CircuitTransition transition : test.transitions) {
            String from = StateDiagram.from(transition);
            String to = StateDiagram.to(transition);
            if (!from.equals(to)) {
                // a call that was made to bring about one thing may bring about another, which is a thing of its own
                boolean byItself = transition.by().isEmpty();
                arrows.add(new Arrow(from, to, byItself ? OWN.getOrDefault(from + " to " + to, "?") : cause));
            }
        }
        return arrows;
    }

    @ParameterizedTest
    @EnumSource(names = {"AUTOMATIC", "OBSERVING"})
    void eachArrowIsTakenForItsCause(BreakerMode mode) {
        assertThat(StateDiagram.arrows())
                .hasSizeGreaterThan(CAUSES.size())
                .allSatisfy(arrow ->
                        assertThat(taken(arrow.from(), mode, arrow.cause())).containsExactly(arrow));
    }

    @ParameterizedTest
    @EnumSource(names = {"AUTOMATIC", "OBSERVING"})
    void noOtherArrowIsTakenWhateverIsDone(BreakerMode mode) {
        for (String node : StateDiagram.NODES) {
            for (String cause : CAUSES.keySet()) {
                assertThat(StateDiagram.arrows()).containsAll(taken(node, mode, cause));
            }
        }
    }

    @Test
    void aBreakerBeginsWhereTheDiagramBegins() {
        assertThat(StateDiagram.start()).isEqualTo(node(new TestBreaker(settings -> settings)));
    }

    @Test
    void thePictureOfTheGuideHasTheWaysOfADecidingBreaker() throws Exception {
        String picture = Files.readString(Page.root().resolve(".images/states.svg"));
        assertThat(Pattern.compile("<title>(.+)</title>")
                        .matcher(picture)
                        .results()
                        .map(way -> way.group(1)))
                .containsExactlyInAnyOrderElementsOf(StateDiagram.ways().stream()
                        .filter(way -> !way.contains("FORCED"))
                        .toList());
        assertThat(Pattern.compile("class=\"state\"[^>]*>(\\w+)<")
                        .matcher(picture)
                        .results()
                        .map(state -> state.group(1)))
                .containsExactlyInAnyOrder("CLOSED", "OPEN", "HALF_OPEN");
    }
}
