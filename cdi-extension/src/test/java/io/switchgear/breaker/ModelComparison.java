// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.CircuitOpenException;
import io.switchgear.breaker.BreakerStep.Begin;
import io.switchgear.breaker.BreakerStep.End;
import io.switchgear.breaker.BreakerStep.HalfOpenNow;
import io.switchgear.breaker.BreakerStep.Operate;
import io.switchgear.breaker.BreakerStep.Reset;
import io.switchgear.breaker.BreakerStep.Result;
import io.switchgear.breaker.BreakerStep.Revert;
import io.switchgear.breaker.BreakerStep.Tune;
import io.switchgear.breaker.BreakerStep.Undo;
import io.switchgear.breaker.BreakerStep.Wait;
import io.switchgear.fuzz.FuzzTarget;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.InvalidSettingsException;
import io.switchgear.settings.Setting;
import io.switchgear.status.BreakerSnapshot;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A breaker and its {@link BreakerModel}. Both take the same steps, and all that can be seen is compared after each.
 */
final class ModelComparison {
    /**
     * Compares them on the steps in bytes.
     *
     * @param rehearsal whether the breaker rehearses other settings meanwhile, which the model knows nothing of
     */
    record Target(boolean slowCalls, boolean rehearsal) implements FuzzTarget {
        Target(boolean slowCalls) {
            this(slowCalls, false);
        }

        @Override
        public void run(byte[] input) {
            new ModelComparison(slowCalls, rehearsal)
                    .run(BreakerStep.read(input, slowCalls).stream()
                            .map(BreakerStep.Read::step)
                            .toList());
        }

        @Override
        public List<byte[]> parts(byte[] input) {
            return BreakerStep.read(input, slowCalls).stream()
                    .map(read -> Arrays.copyOfRange(input, read.from(), read.to()))
                    .toList();
        }
    }

    private record Running(TestBreaker.Call real, BreakerModel.Call model) {}

    private final TestBreaker test = new TestBreaker(s -> s.failureThreshold(3)
            .windowCalls(6)
            .windowMillis(200)
            .minimumCalls(3)
            .openMillis(60)
            .openMaxMillis(300)
            .successThreshold(2)
            .halfOpenMaxCalls(2)
            .trialTimeoutMillis(50));
    private final BreakerModel model = new BreakerModel(test.breaker.snapshot().settings(), test.time.instant());
    private final List<Running> running = new ArrayList<>();

    ModelComparison(boolean slowCalls, boolean rehearsal) {
        if (slowCalls) {
            tune(new Tune(Setting.SLOW_CALL_MILLIS, 20, "test"));
        }
        if (rehearsal) {
            test.breaker.rehearse(present -> present.toBuilder()
                    .failureThreshold(1)
                    .openMillis(20)
                    .slowCallMillis(10)
                    .maxConcurrentCalls(2)
                    .build());
        }
    }

    /** Takes these steps, and fails at the first after which the two differ; the message lists the steps up to it. */
    void run(List<BreakerStep> steps) {
        for (int i = 0; i < steps.size(); i++) {
            try {
                take(steps.get(i));
                compare();
            } catch (RuntimeException | AssertionError difference) {
                String taken = steps.subList(0, i + 1).stream()
                        .map(BreakerStep::toString)
                        .collect(Collectors.joining("\n  "));
                throw new AssertionError(
                        "the breaker and its model differ after the last of these steps\n  " + taken + "\n"
                                + difference,
                        difference);
            }
        }
    }

    private void take(BreakerStep step) {
        if (step instanceof Begin) {
            begin();
        } else if (step instanceof End end && !running.isEmpty()) {
            end(running.remove(end.which() % running.size()), end.result());
        } else if (step instanceof Wait wait) {
            test.time.advanceMillis(wait.millis());
            model.advanceMillis(wait.millis());
            if (wait.millis() % 2 == 0) {
                look();
            }
        } else if (step instanceof Operate override) {
            Duration time = override.millis() == 0 ? null : Duration.ofMillis(override.millis());
            test.breaker.setMode(override.mode(), time, override.reason());
            model.setMode(override.mode(), time, override.reason());
        } else if (step instanceof HalfOpenNow) {
            test.breaker.halfOpenNow();
            model.halfOpenNow();
        } else if (step instanceof Reset) {
            test.breaker.reset();
            model.reset();
        } else if (step instanceof Tune tune) {
            tune(tune);
        } else if (step instanceof Undo) {
            undo();
        } else if (step instanceof Revert) {
            test.breaker.by("carol").revertSettings();
            model.revert("carol");
        }
    }

    private void begin() {
        long tripsBefore = trips();
        TestBreaker.Call real = null;
        BreakerModel.Rejection rejection = null;
        try {
            real = test.call();
        } catch (CircuitOpenException rejected) {
            rejection = new BreakerModel.Rejection(
                    rejected.state(), rejected.openRemainingMillis(), rejected.lastFailure());
        }
        Object expected = model.start(trips() > tripsBefore);
        if (expected instanceof BreakerModel.Call call) {
            assertThat(rejection).as("rejected").isNull();
            running.add(new Running(real, call));
        } else {
            assertThat(rejection).as("rejected").isEqualTo(expected);
        }
    }

    private void look() {
        long tripsBefore = trips();
        test.breaker.look();
        model.look(trips() > tripsBefore);
    }

    private long trips() {
        BreakerSnapshot now = test.breaker.peek();
        return now.opened() + now.observedOpened();
    }

    private void end(Running call, Result result) {
        switch (result) {
            case SUCCESS -> {
                call.real.succeeded();
                model.ended(call.model, null);
            }
            case FAILURE -> {
                call.real.failed();
                model.ended(call.model, IOException.class.getName());
            }
            case IGNORED -> {
                call.real.ignored();
                model.ignored(call.model);
            }
        }
    }

    void tune(Tune tune) {
        BreakerSettings now = test.breaker.settings();
        try {
            BreakerSettings wanted = now.with(Map.of(tune.setting(), tune.value()));
            test.breaker.by(tune.by()).update(settings -> wanted);
            model.update(wanted, tune.by());
        } catch (InvalidSettingsException contradiction) {
            assertThat(test.breaker.settings()).isEqualTo(now);
        }
    }

    private void undo() {
        if (model.undo("dave")) {
            test.breaker.by("dave").undoLastChange();
        } else {
            assertThatThrownBy(test.breaker::undoLastChange).isExactlyInstanceOf(IllegalStateException.class);
        }
    }

    private void compare() {
        BreakerSnapshot seen = test.breaker.peek();
        Map<String, Object> shown = TestBreaker.shown(seen);
        shown.put("rehearsal", null);
        assertThat(differences(shown, model.snapshot(seen))).isEmpty();
        assertThat(test.times).as("times of calls").isEqualTo(model.times);
        assertThat(test.transitions).hasSameSizeAs(model.reported);
        for (int i = Math.max(0, model.reported.size() - 3); i < model.reported.size(); i++) {
            var reported = test.transitions.get(i);
            assertThat(new BreakerModel.Reported(
                            reported.number(),
                            reported.from(),
                            reported.to(),
                            reported.fromMode(),
                            reported.mode(),
                            reported.settings(),
                            reported.fromSince(),
                            reported.by(),
                            reported.priorCalls()))
                    .isEqualTo(model.reported.get(i));
        }
    }

    /** Returns the values that differ, as a snapshot has too many to be read in a failure. */
    private static List<String> differences(Map<String, Object> actual, Map<String, Object> expected) {
        Set<String> names = new TreeSet<>(actual.keySet());
        names.addAll(expected.keySet());
        return names.stream()
                .filter(name -> !Objects.equals(actual.get(name), expected.get(name))
                        || actual.containsKey(name) != expected.containsKey(name))
                .map(name -> name + " is " + actual.get(name) + " but must be " + expected.get(name))
                .toList();
    }
}
