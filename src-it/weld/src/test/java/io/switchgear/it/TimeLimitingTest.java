// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it;

import static io.switchgear.it.DeploymentErrors.assertProblems;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.switchgear.CircuitBreaking;
import io.switchgear.CircuitOpenException;
import io.switchgear.FallingBack;
import io.switchgear.Retrying;
import io.switchgear.TimeLimitExceededException;
import io.switchgear.TimeLimiting;
import io.switchgear.message.RecordedLog;
import jakarta.ejb.ApplicationException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Stereotype;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import javax.management.Attribute;
import javax.management.InvalidAttributeValueException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.junit.jupiter.api.Test;

/** Methods whose time is limited. */
class TimeLimitingTest implements LeavesNoMBeans {
    private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();

    private static ObjectName limit(String name) throws Exception {
        return new ObjectName("io.switchgear:type=TimeLimits,application=default,name=" + ObjectName.quote(name));
    }

    private static String hang() throws InterruptedException {
        new CountDownLatch(1).await();
        return "never";
    }

    @ApplicationScoped
    public static class Depot {
        private final AtomicInteger calls = new AtomicInteger();

        int calls() {
            return calls.get();
        }

        @TimeLimiting(limitMillis = 20)
        public String alone() throws InterruptedException {
            return hang();
        }

        @CircuitBreaking(name = "depot", failureThreshold = 3)
        @Retrying(delayMillis = 0)
        @TimeLimiting(limitMillis = 20)
        @FallingBack(method = "instead")
        public String all() throws InterruptedException {
            calls.incrementAndGet();
            return hang();
        }

        String instead(Throwable thrown) {
            return thrown.getMessage() + " " + Thread.currentThread().isInterrupted();
        }

        @TimeLimiting(limitMillis = 20)
        public CompletionStage<String> later() {
            return new CompletableFuture<>();
        }

        @Retrying(delayMillis = 0, maxAttempts = 2)
        @TimeLimiting(name = "patient", limitMillis = 60_000, trialLimitMillis = 20)
        @CircuitBreaking(name = "patient")
        public String patient() {
            return "done";
        }
    }

    @Test
    void aMethodThatHangsIsInterrupted() {
        try (Application application = new Application(Depot.class)) {
            Depot depot = application.get(Depot.class);
            assertThatThrownBy(depot::alone)
                    .isInstanceOf(TimeLimitExceededException.class)
                    .hasMessage("Depot#alone(): the call took more than 20 ms");
            assertThat(Thread.interrupted()).isFalse();
        }
    }

    @Test
    void eachAttemptIsAFailureAtItsLimitAndTheFallbackReplacesTheLast() throws Exception {
        try (Application application = new Application(Depot.class)) {
            Depot depot = application.get(Depot.class);
            assertThat(depot.all()).isEqualTo("depot: the call took more than 20 ms false");
            assertThat(depot.calls()).isEqualTo(3);
            assertThat(application.snapshot("depot"))
                    .returns(3L, s -> s.failures())
                    .returns(TimeLimitExceededException.class.getName(), s -> s.lastFailure());
            assertThat(depot.all()).as("rejected").startsWith("depot is OPEN");
            assertThat(SERVER.getAttribute(limit("depot"), "ExceededTotal")).isEqualTo(3L);
        }
    }

    @Test
    void aStageFailsAtTheLimit() {
        try (Application application = new Application(Depot.class)) {
            assertThat(application.get(Depot.class).later().toCompletableFuture())
                    .failsWithin(Duration.ofSeconds(10))
                    .withThrowableThat()
                    .withCauseInstanceOf(TimeLimitExceededException.class);
        }
    }

    @Test
    void settingsAreReadAndChangedThroughJmx() throws Exception {
        try (Application application = new Application(Depot.class)) {
            application.get(Depot.class).patient();
            ObjectName name = limit("patient");
            assertThat(SERVER.getAttribute(name, "LimitMillis")).isEqualTo(60_000L);
            SERVER.setAttribute(name, new Attribute("LimitMillis", 5_000L));
            SERVER.setAttribute(name, new Attribute("Interrupt", "false"));
            assertThat(SERVER.getAttribute(name, "ChangedSettings")).asString().contains("LimitMillis", "Interrupt");
            assertThatThrownBy(() -> SERVER.setAttribute(name, new Attribute("TrialLimitMillis", 5_001L)))
                    .isInstanceOf(InvalidAttributeValueException.class)
                    .hasMessageContaining("TrialLimitMillis must be <= LimitMillis (5000) but was 5001");
            assertThat(SERVER.getAttribute(name, "Methods"))
                    .isEqualTo(new String[] {Depot.class.getName() + "#patient()"});
        }
    }

    @Test
    void configurationOverridesTheAnnotation() throws Exception {
        Map<String, String> configured = Map.of(
                "switchgear.time-limit.\"patient\".limit-millis", "2000",
                "switchgear.default.time-limit.stack-frames", "5",
                "SWITCHGEAR_TIME_LIMIT__DEPOT__TRIAL_LIMIT_MILLIS", "7");
        try (Application application = new Application(configured, Depot.class)) {
            application.get(Depot.class);
            assertThat(SERVER.getAttribute(limit("patient"), "LimitMillis")).isEqualTo(2_000L);
            assertThat(SERVER.getAttribute(limit("patient"), "StackFrames")).isEqualTo(5);
            assertThat(SERVER.getAttribute(limit("depot"), "StackFrames")).isEqualTo(5);
            assertThat(SERVER.getAttribute(limit("depot"), "TrialLimitMillis")).isEqualTo(7L);
        }
    }

    @TimeLimiting(limitMillis = 20)
    @Stereotype
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.TYPE)
    @interface Limited {}

    @Limited
    @Dependent
    public static class ByStereotype {
        public String call() throws InterruptedException {
            return hang();
        }

        @TimeLimiting(limitMillis = 30)
        public String longer() throws InterruptedException {
            return hang();
        }

        @FallingBack(method = "instead")
        public String replaced() throws InterruptedException {
            return hang();
        }

        String instead() {
            return "instead";
        }
    }

    @Test
    void aStereotypeLimitsAndAMethodReplacesItsValues() throws Exception {
        try (Application application = new Application(ByStereotype.class)) {
            ByStereotype bean = application.get(ByStereotype.class);
            assertThatThrownBy(bean::call).hasMessageEndingWith("more than 20 ms");
            assertThatThrownBy(bean::longer).hasMessageEndingWith("more than 30 ms");
            assertThat(bean.replaced()).isEqualTo("instead");
        }
    }

    @TimeLimiting(limitMillis = 20)
    @Dependent
    public static class OnClass {
        @CircuitBreaking(name = "one", failureThreshold = 1)
        public String call() throws InterruptedException {
            return hang();
        }
    }

    @Test
    void theLimitOfAClassIsInsideTheBreakerOfItsMethod() {
        try (Application application = new Application(OnClass.class)) {
            OnClass bean = application.get(OnClass.class);
            assertThatThrownBy(bean::call).isInstanceOf(TimeLimitExceededException.class);
            assertThatThrownBy(bean::call).isInstanceOf(CircuitOpenException.class);
        }
    }

    @ApplicationScoped
    @SuppressWarnings("unused") // wrong methods are never called
    public static class Wrong {
        /** A stage of its own type. */
        public static class OwnFuture extends CompletableFuture<String> {}

        @TimeLimiting(limitMillis = 0, trialLimitMillis = 86_400_001, stackFrames = 101)
        public void range() {}

        @TimeLimiting(limitMillis = 50, trialLimitMillis = 51)
        public void contradiction() {}

        @TimeLimiting(name = "shared")
        public void one() {}

        @TimeLimiting(name = "shared", limitMillis = 2_000)
        public void other() {}

        @TimeLimiting
        public OwnFuture own() {
            return null;
        }

        @TimeLimiting
        @Timeout
        public void twice() {}

        @TimeLimiting
        private void unreachable() {}
    }

    @Test
    void allInvalidLimitsAreReportedAtOnceWithTheirCures() {
        String wrong = Wrong.class.getName();
        assertProblems(
                Wrong.class,
                wrong + "#range(): @TimeLimiting limitMillis must be a whole number >= 1 and <= 86400000 but was 0;"
                        + " trialLimitMillis must be a whole number >= 0 and <= 86400000 but was 86400001; stackFrames must"
                        + " be a whole number >= 0 and <= 100 but was 101",
                wrong + "#contradiction(): @TimeLimiting trialLimitMillis must be <= limitMillis (50) but was 51",
                wrong + "#other(): @TimeLimiting name \"shared\" is that of the time limit of " + wrong
                        + "#one(), which has other values: limitMillis is 1000 there and 2000 here",
                wrong + "#own(): @TimeLimiting needs CompletionStage or CompletableFuture",
                wrong + "#twice(): @TimeLimiting and MicroProfile's @Timeout would both act on each call; remove one of"
                        + " them",
                wrong + "#unreachable(): @TimeLimiting has no effect on a private method");
    }

    @Dependent
    public static class Lazy {
        @TimeLimiting
        public Flow.Publisher<String> stream() {
            return null;
        }
    }

    @Test
    void aResultThatWorksLaterIsAWarning() {
        try (RecordedLog log = new RecordedLog();
                Application application = new Application(Lazy.class)) {
            application.get(Lazy.class);
            assertThat(log.lines()).anyMatch(line -> line.contains("SGR0044") && line.contains("stream()"));
        }
    }

    @Test
    void theExceptionIsAnApplicationExceptionThatRollsBack() {
        assertThat(TimeLimitExceededException.class
                        .getAnnotation(ApplicationException.class)
                        .rollback())
                .isTrue();
    }

    @Test
    void theInterruptionOfACallerIsNotThatOfTheLimit() throws Exception {
        try (Application application = new Application(Depot.class)) {
            Depot depot = application.get(Depot.class);
            Thread.currentThread().interrupt();
            assertThat(catchThrowable(depot::alone)).isInstanceOf(InterruptedException.class);
            assertThat(Thread.interrupted()).isFalse();
        }
    }
}
