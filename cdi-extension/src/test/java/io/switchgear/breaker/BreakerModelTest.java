package io.switchgear.breaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.CircuitOpenException;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.CallTimer;
import io.switchgear.settings.InvalidSettingsException;
import io.switchgear.settings.Setting;
import io.switchgear.settings.TripOn;
import io.switchgear.settings.TunableKind;
import io.switchgear.status.BreakerMode;
import io.switchgear.status.BreakerSnapshot;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;

/**
 * Drives a breaker and its {@link BreakerModel} with the same random steps, and compares all that can be seen after
 * each of them. A failure is shown as the shortest list of steps that leads to it; the seed beside it, given as
 * {@code seed} to the property, repeats the run. About 160,000 steps; {@code -Djqwik.tries.default=20000} makes it 16
 * million.
 */
class BreakerModelTest {
    private static final int MOST_STEPS = 800;
    private static final Set<String> WAYS = StateDiagram.ways();

    sealed interface Step {}

    record Begin() implements Step {}

    /** @param which of the calls that run, modulo their number */
    record End(int which, Result result) implements Step {}

    enum Result {
        SUCCESS,
        FAILURE,
        IGNORED
    }

    record Wait(int millis) implements Step {}

    record Operate(BreakerMode mode, int millis, String reason) implements Step {}

    record HalfOpenNow() implements Step {}

    record Reset() implements Step {}

    record Tune(Setting setting, Object value, String who) implements Step {}

    record Undo() implements Step {}

    record Revert() implements Step {}

    @Property(edgeCases = EdgeCasesMode.NONE)
    void agreesWithItsModel(@ForAll("stepsWithoutSlowCalls") List<Step> steps) {
        new Both().run(steps);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void agreesWithItsModelOnSlowAndHangingCalls(@ForAll("stepsWithSlowCalls") List<Step> steps) {
        Both both = new Both();
        both.tune(new Tune(Setting.SLOW_CALL_MILLIS, 20, "test"));
        both.run(steps);
    }

    @Provide
    Arbitrary<List<Step>> stepsWithoutSlowCalls() {
        return steps(tunes().filter(tune -> tune.setting() != Setting.SLOW_CALL_MILLIS));
    }

    @Provide
    Arbitrary<List<Step>> stepsWithSlowCalls() {
        return steps(tunes());
    }

    private static Arbitrary<List<Step>> steps(Arbitrary<Tune> tunes) {
        Arbitrary<Step> step = Arbitraries.frequencyOf(
                Tuple.of(40, Arbitraries.just(new Begin())),
                Tuple.of(
                        36,
                        Arbitraries.frequencyOf(
                                        Tuple.of(5, Arbitraries.just(Result.SUCCESS)),
                                        Tuple.of(4, Arbitraries.just(Result.FAILURE)),
                                        Tuple.of(1, Arbitraries.just(Result.IGNORED)))
                                .flatMap(result -> ints(0, 20).map(which -> new End(which, result)))),
                Tuple.of(
                        20,
                        Arbitraries.frequencyOf(
                                        Tuple.of(6, ints(0, 12)),
                                        Tuple.of(3, ints(0, 120)),
                                        Tuple.of(1, ints(0, 1_200)))
                                .map(Wait::new)),
                Tuple.of(2, overrides()),
                Tuple.of(1, Arbitraries.of(new HalfOpenNow(), new Reset())),
                Tuple.of(5, tunes),
                Tuple.of(1, Arbitraries.of(new Undo(), new Undo(), new Undo(), new Revert())));
        return step.list().ofMaxSize(MOST_STEPS).withSizeDistribution(RandomDistribution.uniform());
    }

    private static Arbitrary<Integer> ints(int min, int max) {
        return Arbitraries.integers().between(min, max).withDistribution(RandomDistribution.uniform());
    }

    private static Arbitrary<Operate> overrides() {
        Arbitrary<BreakerMode> modes = Arbitraries.frequency(
                Tuple.of(4, BreakerMode.AUTOMATIC),
                Tuple.of(1, BreakerMode.FORCED_OPEN),
                Tuple.of(1, BreakerMode.FORCED_CLOSED),
                Tuple.of(1, BreakerMode.OBSERVING));
        return modes.flatMap(mode -> ints(0, mode == BreakerMode.AUTOMATIC ? 0 : 100)
                .flatMap(millis -> Arbitraries.of("", "why").map(reason -> new Operate(mode, millis, reason))));
    }

    private static Arbitrary<Tune> tunes() {
        return Arbitraries.of(Setting.of(TunableKind.BREAKER))
                .filter(setting -> setting != Setting.OPEN_JITTER_PERCENT)
                .flatMap(setting -> values(setting)
                        .flatMap(value -> Arbitraries.of("alice", "bob").map(who -> new Tune(setting, value, who))));
    }

    private static Arbitrary<? extends Object> values(Setting setting) {
        return switch (setting) {
            case CALL_TIMER -> Arbitraries.of(CallTimer.values()).map(Enum::name);
            case TRIP_ON -> Arbitraries.of(TripOn.values()).map(Enum::name);
            case FAILURE_THRESHOLD, MINIMUM_CALLS -> ints(1, 6);
            case WINDOW_CALLS -> ints(1, 12);
            case WINDOW_MILLIS -> ints(100, 400);
            case FAILURE_RATE_THRESHOLD_PERCENT, SLOW_CALL_RATE_THRESHOLD_PERCENT ->
                Arbitraries.of(0.5, 20.0, 33.3, 50.0, 75.0, 100.0);
            case SLOW_CALL_MILLIS -> Arbitraries.of(0, 1, 5, 17, 20, 50);
            case OPEN_MILLIS, OPEN_MAX_MILLIS -> Arbitraries.of(0, 1, 10, 60, 300);
            case OPEN_BACKOFF_FACTOR -> Arbitraries.of(1.0, 1.5, 2.0, 10.0);
            case OPEN_JITTER_PERCENT -> Arbitraries.just(0);
            case SUCCESS_THRESHOLD, HALF_OPEN_MAX_CALLS -> ints(1, 4);
            case TRIAL_TIMEOUT_MILLIS -> Arbitraries.of(1, 10, 50, 1_000);
            case MAX_CONCURRENT_CALLS -> ints(0, 5);
            default -> throw new IllegalArgumentException(setting + " is no setting of a breaker");
        };
    }

    /** The breaker and the model of it. */
    private static final class Both {
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
        private final BreakerModel model =
                new BreakerModel(test.breaker.snapshot().settings(), test.time.instant());
        private final List<Running> running = new ArrayList<>();

        void run(List<Step> steps) {
            for (int i = 0; i < steps.size(); i++) {
                Step step = steps.get(i);
                take(step);
                compare(i, step);
            }
            assertThat(WAYS).as("ways in the diagram of states").containsAll(StateDiagram.waysOf(test.transitions));
        }

        private void take(Step step) {
            if (step instanceof Begin) {
                begin();
            } else if (step instanceof End end && !running.isEmpty()) {
                end(running.remove(end.which % running.size()), end.result);
            } else if (step instanceof Wait wait) {
                test.time.advanceMillis(wait.millis);
                model.advanceMillis(wait.millis);
            } else if (step instanceof Operate override) {
                Duration time = override.millis == 0 ? null : Duration.ofMillis(override.millis);
                test.breaker.setMode(override.mode, time, override.reason);
                model.setMode(override.mode, time, override.reason);
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

        private long trips() {
            BreakerSnapshot now = test.breaker.snapshot();
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
            BreakerSettings now = test.breaker.snapshot().settings();
            try {
                BreakerSettings wanted = now.with(Map.of(tune.setting, tune.value));
                test.breaker.by(tune.who).update(settings -> wanted);
                model.update(wanted, tune.who);
            } catch (InvalidSettingsException contradiction) {
                assertThat(test.breaker.snapshot().settings()).isEqualTo(now);
            }
        }

        private void undo() {
            if (model.undo("dave")) {
                test.breaker.by("dave").undoLastChange();
            } else {
                assertThatThrownBy(test.breaker::undoLastChange).isExactlyInstanceOf(IllegalStateException.class);
            }
        }

        private void compare(int number, Step step) {
            BreakerSnapshot seen = test.breaker.snapshot();
            assertThat(TestBreaker.shown(seen))
                    .as("after step %d, %s", number, step)
                    .isEqualTo(model.snapshot(seen));
            assertThat(test.times).as("times after step %d, %s", number, step).isEqualTo(model.times);
            assertThat(test.transitions).hasSameSizeAs(model.told);
            for (int i = Math.max(0, model.told.size() - 3); i < model.told.size(); i++) {
                var told = test.transitions.get(i);
                assertThat(new BreakerModel.Told(
                                told.number(),
                                told.from(),
                                told.to(),
                                told.fromMode(),
                                told.mode(),
                                told.settings(),
                                told.since(),
                                told.by()))
                        .isEqualTo(model.told.get(i));
            }
        }
    }
}
