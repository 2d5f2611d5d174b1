// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.FailureRule;
import io.switchgear.status.CircuitState;
import jakarta.ejb.EJBException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLockInterruptionException;
import java.nio.channels.InterruptedByTimeoutException;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A thread that was interrupted says nothing of the service, whichever exception reports it. */
class InterruptionTest {
    private final TestBreaker test = new TestBreaker(s -> s.failureThreshold(3));

    static Stream<Throwable> interruptions() {
        return Stream.of(
                new InterruptedException(),
                new ClosedByInterruptException(),
                new FileLockInterruptionException(),
                new InterruptedIOException(),
                new InterruptedIOException("interrupted"),
                new SocketException("Closed by interrupt"),
                new RuntimeException(new InterruptedException()),
                new UncheckedIOException(new ClosedByInterruptException()),
                new ExecutionException(new InterruptedException()),
                new CompletionException(new RuntimeException(new InterruptedException())),
                new EJBException(new IllegalStateException(new InterruptedException())),
                new SQLException("interrupted during connection acquisition", new InterruptedException()),
                new IOException(new SocketException("Closed by interrupt")));
    }

    static Stream<Throwable> timeOuts() {
        return Stream.of(
                new SocketTimeoutException("Read timed out"),
                new InterruptedByTimeoutException(),
                // of OkHttp
                new InterruptedIOException("timeout"),
                // as the time-outs of a connection pool in Apache's client are
                new InterruptedIOException("Timed out waiting for a connection"),
                new SocketException("Connection reset"),
                new SocketException(),
                limit());
    }

    /** A limit that is enforced by an interruption. */
    private static Throwable limit() {
        TimeoutException limit = new TimeoutException("5 s");
        limit.initCause(new InterruptedException());
        return new RuntimeException(limit);
    }

    @ParameterizedTest
    @MethodSource("interruptions")
    void callersThatAreInterruptedDoNotOpenTheBreaker(Throwable interruption) {
        for (int i = 0; i < 10; i++) {
            test.call().threw(interruption);
        }
        assertThat(test.state()).isEqualTo(CircuitState.CLOSED);
        assertThat(test.breaker.snapshot().ignored()).isEqualTo(10);
    }

    @ParameterizedTest
    @MethodSource("timeOuts")
    void timeOutsAreFailures(Throwable timeOut) {
        for (int i = 0; i < 3; i++) {
            test.call().threw(timeOut);
        }
        assertThat(test.state()).isEqualTo(CircuitState.OPEN);
    }

    @ParameterizedTest
    @MethodSource("interruptions")
    void evenNamedAnInterruptionIsNoFailure(Throwable interruption) {
        FailureRule named = new FailureRule(
                List.of(
                        InterruptedException.class,
                        InterruptedIOException.class,
                        ClosedByInterruptException.class,
                        SocketException.class,
                        Throwable.class),
                List.of());
        assertThat(named.ignores(interruption)).isTrue();
    }

    @Test
    void aClassThatHasFailedBeforeMayReportAnInterruptionNextTime() {
        test.call().threw(new IllegalStateException("down"));
        test.call().threw(new IllegalStateException("down"));
        test.call().threw(new IllegalStateException(new InterruptedException()));
        assertThat(test.breaker.snapshot()).returns(2L, s -> s.failures()).returns(1L, s -> s.ignored());
    }

    @Test
    void soMayAClassWhoseMessageDecides() {
        test.call().threw(new SocketException("Connection reset"));
        test.call().threw(new SocketException("Closed by interrupt"));
        test.call().threw(new InterruptedIOException("timeout"));
        test.call().threw(new InterruptedIOException());
        assertThat(test.breaker.snapshot()).returns(2L, s -> s.failures()).returns(2L, s -> s.ignored());
    }

    @Test
    void anInterruptedTrialGivesItsPermitBack() {
        test.untilHalfOpen();
        for (int i = 0; i < 10; i++) {
            test.call().threw(new UncheckedIOException(new ClosedByInterruptException()));
        }
        assertThat(test.breaker.snapshot())
                .returns(CircuitState.HALF_OPEN, s -> s.state())
                .returns(0, s -> s.trialsInFlight());
    }

    @Test
    void aStageReportsAnInterruptionToo() {
        CompletableFuture<String> stage = new CompletableFuture<>();
        assertThat(test.breaker.callAsync(() -> stage.thenApply(String::strip))).isNotNull();
        stage.completeExceptionally(new InterruptedIOException());
        assertThat(test.breaker.snapshot().ignored()).isEqualTo(1);
    }

    @Test
    void causesInACircleEnd() {
        Exception first = new Exception();
        Exception second = new Exception(first);
        first.initCause(second);
        test.call().threw(first);
        assertThat(test.breaker.snapshot().failures()).isEqualTo(1);
    }

    @Test
    void anExceptionThatCannotShowItsCauseIsAFailureEachTime() {
        for (int i = 0; i < 3; i++) {
            test.call().threw(new BrokenException());
        }
        assertThat(test.state()).isEqualTo(CircuitState.OPEN);
    }

    @SuppressWarnings("serial")
    private static final class BrokenException extends RuntimeException {
        @Override
        public synchronized Throwable getCause() {
            throw new IllegalStateException("no cause today");
        }

        @Override
        public String getMessage() {
            throw new IllegalStateException("no message either");
        }
    }
}
