// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.CircuitOpenException;
import io.switchgear.FailureRule;
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
import io.switchgear.status.RehearsalSnapshot;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A rehearsal and a twin: a breaker with the rehearsed settings that gets each call that the rehearsal sees. Both must
 * show the same after each step.
 *
 * <p>The first steps that change settings say which are rehearsed; the further ones change those in force.
 */
final class RehearsalComparison {
    /** Compares them on the steps in bytes. */
    record Target(boolean slowCalls) implements FuzzTarget {
        @Override
        public void run(byte[] input) {
            new RehearsalComparison(slowCalls)
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

    private static final int REHEARSED_SETTINGS = 3;

    /** @param twin the permit of the same call from the twin; {@code null} if that rejected it or did not get it */
    private record Running(Permit real, long realStarted, Permit twin, long twinStarted, boolean rejectedByTwin) {}

    private final TestBreaker test;
    private final Breaker twin;
    private final Map<Setting, Object> changes = new HashMap<>();
    private final List<Running> running = new ArrayList<>();
    private long rejectedByBoth;
    private long lostSuccesses;
    private long unseen;

    RehearsalComparison(boolean slowCalls) {
        test = new TestBreaker(s -> s.failureThreshold(3)
                .windowCalls(6)
                .windowMillis(200)
                .minimumCalls(3)
                .slowCallMillis(slowCalls ? 20 : 0)
                .openMillis(60)
                .openMaxMillis(300)
                .successThreshold(2)
                .halfOpenMaxCalls(2)
                .trialTimeoutMillis(50));
        twin = new Breaker("test", test.breaker.settings(), FailureRule.ANY, test.time, test.time, transition -> {});
    }

    void run(List<BreakerStep> steps) {
        List<Tune> rehearsed = steps.stream()
                .filter(Tune.class::isInstance)
                .map(Tune.class::cast)
                .limit(REHEARSED_SETTINGS)
                .toList();
        rehearsed.forEach(tune -> changes.put(tune.setting(), tune.value()));
        try {
            test.breaker.rehearse(this::rehearsed);
        } catch (InvalidSettingsException contradiction) {
            return;
        }
        adaptTwin();
        for (int i = 0; i < steps.size(); i++) {
            if (!(steps.get(i) instanceof Tune tune) || !rehearsed.contains(tune)) {
                take(steps.get(i));
                compare(steps, i);
            }
        }
    }

    private BreakerSettings rehearsed(BreakerSettings inForce) {
        return inForce.with(changes);
    }

    private void adaptTwin() {
        try {
            twin.update(present -> rehearsed(test.breaker.settings()));
        } catch (InvalidSettingsException contradiction) {
            // it keeps its settings, as the rehearsal does
        }
    }

    private void take(BreakerStep step) {
        if (step instanceof Begin) {
            begin();
        } else if (step instanceof End end && !running.isEmpty()) {
            end(running.remove(end.which() % running.size()), end.result());
        } else if (step instanceof Wait wait) {
            test.time.advanceMillis(wait.millis());
            if (wait.millis() % 2 == 0) {
                test.breaker.look();
                twin.look();
            }
        } else if (step instanceof Operate override) {
            Duration time = override.millis() == 0 ? null : Duration.ofMillis(override.millis());
            test.breaker.setMode(override.mode(), time, override.reason());
        } else if (step instanceof HalfOpenNow) {
            test.breaker.halfOpenNow();
        } else if (step instanceof Reset) {
            test.breaker.reset();
            twin.reset();
        } else {
            changeSettings(step);
        }
    }

    private void changeSettings(BreakerStep step) {
        try {
            if (step instanceof Tune tune) {
                test.breaker.update(present -> present.with(Map.of(tune.setting(), tune.value())));
            } else if (step instanceof Undo) {
                test.breaker.undoLastChange();
            } else if (step instanceof Revert) {
                test.breaker.revertSettings();
            }
        } catch (InvalidSettingsException | IllegalStateException nothingChanged) {
            return;
        }
        adaptTwin();
    }

    private void begin() {
        Permit real;
        try {
            real = test.breaker.acquire();
        } catch (CircuitOpenException rejected) {
            if (twin.rejectsNow()) {
                rejectedByBoth++;
            } else {
                unseen++;
            }
            return;
        }
        long started = real.start();
        if (real == OffPermit.INSTANCE) {
            running.add(new Running(real, started, null, 0, false));
            return;
        }
        try {
            Permit permit = twin.acquire();
            running.add(new Running(real, started, permit, permit.start(), false));
        } catch (CircuitOpenException rejected) {
            running.add(new Running(real, started, null, 0, true));
        }
    }

    private void end(Running call, Result result) {
        end(call.real, call.realStarted, result);
        if (call.twin != null) {
            end(call.twin, call.twinStarted, result);
        } else if (call.rejectedByTwin && result == Result.SUCCESS) {
            lostSuccesses++;
        }
    }

    private static void end(Permit permit, long started, Result result) {
        switch (result) {
            case SUCCESS -> permit.returned("fine", started);
            case FAILURE -> permit.threw(new IOException("broken"), started);
            case IGNORED -> permit.ignored(started);
        }
    }

    private void compare(List<BreakerStep> steps, int last) {
        RehearsalSnapshot seen = test.breaker.peek().rehearsal();
        BreakerSnapshot expected = twin.peek();
        assertThat(List.of(
                        seen.settings(),
                        seen.state(),
                        seen.opened(),
                        seen.rejected(),
                        seen.lostSuccesses(),
                        seen.unseenCalls(),
                        seen.admittedPercent(),
                        seen.failureRatePercent(),
                        "" + seen.lastTrip()))
                .as(() -> "after " + steps.subList(0, last + 1))
                .isEqualTo(List.of(
                        expected.settings(),
                        expected.state(),
                        expected.opened(),
                        expected.rejected() + rejectedByBoth,
                        lostSuccesses,
                        unseen,
                        expected.admittedPercent(),
                        expected.failureRatePercent(),
                        "" + expected.lastTrip()));
    }
}
