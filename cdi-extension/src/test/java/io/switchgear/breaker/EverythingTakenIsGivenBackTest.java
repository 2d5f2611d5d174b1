// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.CircuitOpenException;
import io.switchgear.FailureRule;
import io.switchgear.message.RecordedLog;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.CallTimer;
import io.switchgear.settings.TripOn;
import io.switchgear.status.CircuitState;
import io.switchgear.status.CircuitTransition;
import io.switchgear.time.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a call takes is free after it, even if it fails anywhere in the breaker's own code. */
@Timeout(60)
class EverythingTakenIsGivenBackTest {
    private static final int DIVES = 4;
    private static final int CALLS_PER_DIVE = 150;
    private static final int MAX_DEPTH = 1_000_000;

    /** What a call does at the end of the stack. */
    enum Way {
        RETURNS {
            @Override
            void call(Breaker breaker) throws Exception {
                breaker.call(() -> "fine");
            }
        },
        THROWS {
            @Override
            void call(Breaker breaker) throws Exception {
                breaker.call(() -> {
                    throw new IllegalStateException("broken");
                });
            }
        },
        RUNS {
            @Override
            void call(Breaker breaker) {
                breaker.run(() -> {});
            }
        },
        RETURNS_A_STAGE {
            @Override
            void call(Breaker breaker) {
                breaker.callAsync(() -> CompletableFuture.completedStage("fine"));
            }
        },
        RETURNS_A_FAILED_STAGE {
            @Override
            void call(Breaker breaker) {
                breaker.callAsync(() -> CompletableFuture.failedStage(new IllegalStateException("broken")));
            }
        },
        RETURNS_A_FUTURE {
            @Override
            void call(Breaker breaker) throws Exception {
                breaker.call(() -> new Unreadable());
            }
        },
        USES_A_PERMIT {
            @Override
            void call(Breaker breaker) {
                Permit permit = breaker.acquire();
                permit.ignored(permit.start());
            }
        };

        abstract void call(Breaker breaker) throws Exception;
    }

    /** A future that throws whatever is asked of it. */
    private static final class Unreadable implements Future<Object> {
        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isCancelled() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isDone() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Object get() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Object get(long timeout, TimeUnit unit) {
            throw new UnsupportedOperationException();
        }
    }

    /**
     * Runs {@code call} at the end of the stack, and then with one frame more to use at each time, so that the stack
     * ends everywhere within it.
     *
     * @return how often it is still to run
     */
    private static int dive(Callable<?> call, int depth) {
        int left = 0;
        try {
            left = depth < MAX_DEPTH ? dive(call, depth + 1) : 0;
            if (left > 0) {
                attempt(call);
            }
        } catch (StackOverflowError end) {
            left = CALLS_PER_DIVE;
        }
        return left - 1;
    }

    private static void attempt(Callable<?> call) {
        try {
            call.call();
        } catch (Throwable expected) {
            // the end of the stack, or what the call does
        }
    }

    private static void divesOnAThread(Callable<?> call) throws InterruptedException {
        Thread thread = new Thread(null, () -> dives(call), "diver", 256 * 1024);
        thread.start();
        thread.join();
    }

    private static void dives(Callable<?> call) {
        for (int i = 0; i < DIVES; i++) {
            dive(call, 0);
        }
    }

    private static Breaker breaker(UnaryOperator<BreakerSettings.Builder> settings) {
        BreakerSettings.Builder builder =
                settings.apply(BreakerSettings.builder().failureThreshold(1_000_000));
        return new Breaker("deep", builder.build(), FailureRule.ANY, transition -> {});
    }

    /** Returns a call that has been made once, so that its classes are loaded. */
    private static Callable<?> call(Way way, Breaker breaker) {
        Callable<?> call = () -> {
            way.call(breaker);
            return null;
        };
        attempt(call);
        return call;
    }

    /** A time that throws an Error at one of the times that it is asked. */
    private static final class BrokenTime implements Ticker, InstantSource {
        private int left = Integer.MAX_VALUE;

        void breakAt(int request) {
            left = request;
        }

        private void requested() {
            if (--left == 0) {
                throw new OutOfMemoryError("none left");
            }
        }

        @Override
        public long nanos() {
            requested();
            return System.nanoTime();
        }

        @Override
        public Instant instant() {
            requested();
            return Instant.now();
        }
    }

    /** Makes a call that fails within the breaker, at each place where it asks for the time. */
    private static void attemptWithErrors(Way way, Breaker breaker, BrokenTime time) {
        for (int request = 1; request <= 10; request++) {
            time.breakAt(request);
            attempt(call(way, breaker));
            time.breakAt(Integer.MAX_VALUE);
        }
    }

    private static Breaker breaker(UnaryOperator<BreakerSettings.Builder> settings, BrokenTime time) {
        BreakerSettings.Builder builder =
                settings.apply(BreakerSettings.builder().failureThreshold(1_000_000));
        return new Breaker("broken", builder.build(), FailureRule.ANY, time, time, transition -> {});
    }

    @ParameterizedTest
    @EnumSource
    void placesAreFreeAfterErrors(Way way) throws Exception {
        for (CallTimer timer : CallTimer.values()) {
            for (long slowCallMillis : new long[] {0, 60_000}) {
                BrokenTime time = new BrokenTime();
                Breaker breaker = breaker(
                        s -> s.maxConcurrentCalls(1)
                                .slowCallMillis(slowCallMillis)
                                .callTimer(timer),
                        time);
                attemptWithErrors(way, breaker, time);
                assertThat(breaker.call(() -> "fine")).isEqualTo("fine");
                assertThat(CompletableFuture.supplyAsync(breaker::acquire)).succeedsWithin(Duration.ofSeconds(10));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void trialsAreFreeAfterErrors(Way way) throws Exception {
        BrokenTime time = new BrokenTime();
        Breaker breaker = breaker(s -> s.halfOpenMaxCalls(1).slowCallMillis(60_000), time);
        for (int request = 1; request <= 10; request++) {
            breaker.forceOpen("test");
            breaker.automatic();
            time.breakAt(request);
            attempt(call(way, breaker));
            time.breakAt(Integer.MAX_VALUE);
            if (breaker.snapshot().state() == CircuitState.HALF_OPEN) {
                assertThat(breaker.call(() -> "fine")).isEqualTo("fine");
            }
        }
    }

    /** The end of the stack may keep a call from giving back anything; then {@code reset} does. */
    @ParameterizedTest
    @EnumSource
    void aResetFreesWhatTheEndOfTheStackHasKept(Way way) throws Exception {
        Breaker breaker =
                breaker(s -> s.maxConcurrentCalls(2).slowCallMillis(1_000).callTimer(CallTimer.ON));
        divesOnAThread(call(way, breaker));
        breaker.reset();
        assertThat(breaker.snapshot().oldestCallMillis()).isZero();
        assertThat(CompletableFuture.supplyAsync(breaker::acquire)).succeedsWithin(Duration.ofSeconds(10));
        assertThat(breaker.call(() -> "fine")).isEqualTo("fine");
    }

    @ParameterizedTest
    @EnumSource
    void noLockIsHeldAfterTheEndOfTheStack(TripOn policy) throws Exception {
        Breaker breaker = breaker(s -> s.tripOn(policy).window(Duration.ofSeconds(1)));
        for (Way way : List.of(Way.RETURNS, Way.THROWS)) {
            divesOnAThread(call(way, breaker));
        }
        assertThat(CompletableFuture.supplyAsync(
                        () -> breaker.callAsync(() -> CompletableFuture.completedStage("fine"))))
                .succeedsWithin(Duration.ofSeconds(10));
        breaker.forceOpen("test");
        assertThatThrownBy(() -> breaker.call(() -> "fine")).isInstanceOf(CircuitOpenException.class);
        breaker.automatic();
        assertThat(breaker.call(() -> "a trial")).isEqualTo("a trial");
    }

    static Stream<UnaryOperator<BreakerSettings.Builder>> limits() {
        return Stream.of(
                s -> s.maxConcurrentCalls(1),
                s -> s.maxConcurrentCalls(1).slowCallMillis(1_000),
                s -> s.maxConcurrentCalls(1).callTimer(CallTimer.ON));
    }

    @ParameterizedTest
    @MethodSource("limits")
    void aResetCountsAnew(UnaryOperator<BreakerSettings.Builder> settings) throws Exception {
        Breaker breaker = breaker(settings);
        Permit lost = breaker.acquire();
        long started = lost.start();
        breaker.reset();
        Permit next = breaker.acquire();
        long nextStarted = next.start();
        lost.returned("late", started);
        assertThatThrownBy(breaker::acquire).isInstanceOf(CircuitOpenException.class);
        next.returned("fine", nextStarted);
        assertThat(breaker.call(() -> "fine")).isEqualTo("fine");
        assertThat(breaker.snapshot().callsInFlight()).isZero();
    }

    @Test
    void anObserverOfRejectionsThatFailsChangesNoRejection() {
        RejectionListener broken = new RejectionListener() {
            @Override
            public boolean isActive() {
                return true;
            }

            @Override
            public void rejected(CircuitOpenException rejection, Supplier<String> cause, long nanos) {
                throw new NoClassDefFoundError("an event whose initialization failed");
            }

            @Override
            public void stateOrModeEnded(Supplier<CircuitOpenException> rejection, Supplier<String> cause) {
                throw new NoClassDefFoundError("an event whose initialization failed");
            }
        };
        List<CircuitTransition> transitions = new ArrayList<>();
        Breaker breaker = new Breaker(
                "test",
                BreakerSettings.defaults(),
                FailureRule.ANY,
                Ticker.SYSTEM,
                InstantSource.system(),
                transitions::add,
                broken);
        try (RecordedLog log = new RecordedLog()) {
            breaker.forceOpen("test");
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> breaker.call(() -> "fine")).isInstanceOf(CircuitOpenException.class);
            }
            breaker.reset();
            assertThat(log.lines()).hasSize(1).first().asString().contains("SGR0050", "test");
        }
        assertThat(breaker.snapshot().rejected()).isEqualTo(3);
        assertThat(transitions).hasSize(2);
    }
}
