// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.CircuitOpenException;
import io.switchgear.FailureRule;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.TripOn;
import io.switchgear.status.BreakerMode;
import io.switchgear.status.BreakerSnapshot;
import io.switchgear.status.RehearsalSnapshot;
import java.io.IOException;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A rehearsal of calls within calls, beside a twin: a breaker with the rehearsed settings around the same calls. The
 * breaker itself is forced closed, so that both see every call.
 */
class RehearsalWithinCallsTest {
    private static final int SEEDS = 20;
    private static final int STEPS = 200;
    private static final int MAX_DEPTH = 4;

    private TestBreaker test;
    private Breaker twin;
    private Random random;
    private long lost;

    @ParameterizedTest
    @EnumSource
    void decidesAsABreakerAroundTheSameCalls(TripOn policy) {
        BreakerSettings settings = BreakerSettings.builder()
                .tripOn(policy)
                .failureThreshold(3)
                .minimumCalls(3)
                .windowCalls(6)
                .windowMillis(200)
                .openMillis(60)
                .trialIntervalMillis(20)
                .successThreshold(2)
                .halfOpenMaxCalls(2)
                .slowCallMillis(15)
                .maxConcurrentCalls(2)
                .build();
        for (long seed = 1; seed <= SEEDS; seed++) {
            long each = seed;
            // on a thread of its own, as a thread remembers the outcomes of a few breakers only
            CompletableFuture.runAsync(() -> play(each, settings), task -> new Thread(task).start())
                    .join();
        }
    }

    private void play(long seed, BreakerSettings settings) {
        random = new Random(seed);
        lost = 0;
        test = new TestBreaker(s -> s);
        test.breaker.setMode(BreakerMode.FORCED_CLOSED, null, "a comparison");
        test.breaker.rehearse(present -> settings);
        twin = new Breaker("test", settings, FailureRule.ANY, test.time, test.time, transition -> {});
        for (int step = 0; step < STEPS; step++) {
            call(0);
            test.time.advanceMillis(random.nextInt(20));
            compare("seed " + seed + ", step " + step);
        }
    }

    /** Makes a call through both; returns what it threw. */
    private IOException call(int depth) {
        try {
            test.breaker.call(() -> {
                Permit permit;
                try {
                    permit = twin.enter();
                } catch (CircuitOpenException rejected) {
                    body(depth);
                    lost++;
                    return null;
                }
                long started = permit.start();
                try {
                    body(depth);
                } catch (IOException failed) {
                    permit.threw(failed, started);
                    throw failed;
                }
                permit.returned(null, started);
                return null;
            });
            return null;
        } catch (IOException failed) {
            return failed;
        } catch (Exception other) {
            throw new AssertionError(other);
        }
    }

    private void body(int depth) throws IOException {
        test.time.advanceMillis(random.nextInt(6));
        IOException last = null;
        while (depth < MAX_DEPTH && random.nextInt(3) == 0) {
            IOException thrown = call(depth + 1);
            last = thrown == null ? last : thrown;
        }
        if (random.nextInt(3) == 0) {
            throw new IOException("of its own");
        }
        // otherwise a failure within is handled
        if (last != null && random.nextBoolean()) {
            throw last;
        }
    }

    private void compare(String when) {
        RehearsalSnapshot seen = test.breaker.peek().rehearsal();
        BreakerSnapshot expected = twin.peek();
        assertThat(seen.state()).as(when).isEqualTo(expected.state());
        assertThat(seen.opened()).as(when).isEqualTo(expected.opened());
        assertThat(seen.rejected()).as(when).isEqualTo(expected.rejected());
        assertThat(seen.lostSuccesses()).as(when).isEqualTo(lost);
        assertThat(seen.admittedPercent()).as(when).isEqualTo(expected.admittedPercent());
        assertThat((Double) seen.failureRatePercent()).as(when).isEqualTo((Double) expected.failureRatePercent());
        assertThat("" + seen.lastTrip()).as(when).isEqualTo("" + expected.lastTrip());
    }
}
