// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it;

import static io.switchgear.it.DeploymentErrors.assertProblems;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.CircuitBreaking;
import io.switchgear.message.RecordedLog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.eclipse.microprofile.faulttolerance.Asynchronous;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.ExecutionContext;
import org.eclipse.microprofile.faulttolerance.Fallback;
import org.eclipse.microprofile.faulttolerance.FallbackHandler;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.faulttolerance.exceptions.FaultToleranceDefinitionException;
import org.junit.jupiter.api.Test;

/** Annotations of MicroProfile, and keys for them, that are refused or warned of. */
class MicroProfileErrorsTest implements LeavesNoMBeans {
    private static final String BEAN = Service.class.getName();

    @ApplicationScoped
    public static class Service {
        @Retry
        public void call() {}
    }

    public static class Greeting implements FallbackHandler<String> {
        @Override
        public String handle(ExecutionContext context) {
            return "";
        }
    }

    @ApplicationScoped
    public static class Wrong {
        @Retry(maxRetries = -2, delay = 2, delayUnit = ChronoUnit.SECONDS, maxDuration = 2_000)
        public void retried() {}

        @CircuitBreaker(requestVolumeThreshold = 0, failureRatio = 1.5, successThreshold = 0, delay = -1)
        public void guarded() {}

        @Timeout(-1)
        public void limited() {}

        @Bulkhead(0)
        public void few() {}

        @Asynchronous
        public CompletableFuture<String> offloaded() {
            return null;
        }

        @Fallback(value = Greeting.class, fallbackMethod = "instead")
        public String both(String argument) {
            return argument;
        }

        @Fallback(Greeting.class)
        public int number() {
            return 1;
        }

        @Fallback(fallbackMethod = "none")
        public String missing() {
            return "";
        }
    }

    @Test
    void mistakesFailTheDeploymentAllAtOnce() {
        String wrong = Wrong.class.getName();
        assertProblems(
                Wrong.class,
                wrong + "#retried(): @Retry maxRetries must be >= -1 but was -2",
                wrong + "#retried(): @Retry maxDuration must be 0 or more than delay (2000 ms) but was 2000 ms",
                wrong + "#guarded(): @CircuitBreaker requestVolumeThreshold must be >= 1 but was 0",
                wrong + "#guarded(): @CircuitBreaker failureRatio must be >= 0 and <= 1 but was 1.5",
                wrong + "#guarded(): @CircuitBreaker successThreshold must be >= 1 but was 0",
                wrong + "#guarded(): @CircuitBreaker delay must be >= 0 but was -1",
                wrong + "#limited(): @Timeout value must be >= 0 but was -1",
                wrong + "#few(): @Bulkhead value must be >= 1 but was 0",
                wrong + "#offloaded(): @Asynchronous needs Future or CompletionStage as the return type of the method",
                wrong + "#both(java.lang.String): @Fallback has a fallbackMethod and a handler; choose one",
                wrong + "#number(): @Fallback handler must return int, but " + Greeting.class.getName(),
                wrong + "#missing(): @Fallback method must name a method of the bean");
        assertThatThrownBy(() -> new Application(Wrong.class).close())
                .hasRootCauseInstanceOf(FaultToleranceDefinitionException.class);
    }

    @Test
    void aMistakeInAKeyNamesItAndItsSource() {
        assertThatThrownBy(
                        () -> new Application(Map.of(BEAN + "/call/Retry/maxRetries", "many"), Service.class).close())
                .hasStackTraceContaining("@Retry " + BEAN
                        + "/call/Retry/maxRetries (system properties) must be a number but was \"many\"");
        assertThatThrownBy(() -> new Application(Map.of("Retry/delayUnit", "WEEKLY"), Service.class).close())
                .hasStackTraceContaining("Retry/delayUnit (system properties) must be one of [NANOS, MICROS,");
        assertThatThrownBy(() -> new Application(Map.of("Retry/retryOn", "com.example.None"), Service.class).close())
                .hasStackTraceContaining("must be names of throwables, separated by commas but was");
        assertThatThrownBy(
                        () -> new Application(Map.of("mp.fault.tolerance.interceptor.priority", "first"), Service.class)
                                .close())
                .hasStackTraceContaining("must be a whole number but was \"first\"");
    }

    @ApplicationScoped
    public static class OfBoth {
        @CircuitBreaking
        @Timeout
        public void call() {}
    }

    @Test
    void annotationsOfBothOnOneMethodAreRefused() {
        assertProblems(
                OfBoth.class,
                OfBoth.class.getName() + "#call(): annotations of this library and of MicroProfile Fault Tolerance,"
                        + " which this library runs too, cannot guard one method");
    }

    @ApplicationScoped
    public static class InTransaction {
        @Transactional
        @Retry
        public void call() {}
    }

    @Test
    void retriesWithinOneTransactionAreAWarning() {
        try (RecordedLog log = new RecordedLog();
                Application application = new Application(InTransaction.class)) {
            application.get(InTransaction.class);
            assertThat(log.lines())
                    .anyMatch(line -> line.contains("SGR0060")
                            && line.contains("InTransaction#call(): @Retry would run all attempts in one transaction"));
        }
    }
}
