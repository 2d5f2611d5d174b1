// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it;

import static io.switchgear.it.DeploymentErrors.assertProblems;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.CircuitBreaking;
import io.switchgear.FallingBack;
import io.switchgear.Retrying;
import io.switchgear.TimeLimiting;
import io.switchgear.message.RecordedLog;
import io.switchgear.settings.TripOn;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.function.Predicate;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.junit.jupiter.api.Test;

/** Deployments that fail because a breaker is defined with wrong values or on a method that cannot have one. */
class BreakerDefinitionErrorsTest implements LeavesNoMBeans {
    @ApplicationScoped
    static class OutOfRange {
        @CircuitBreaking(failureThreshold = 0, openMillis = -5)
        public void one() {}

        @CircuitBreaking(failureRateThresholdPercent = Double.NaN, halfOpenMaxCalls = 10_001)
        public void two(String[] names, int count) {}

        @CircuitBreaking(trialTimeoutMillis = 0, successThreshold = -1, windowCalls = 1_000_001)
        public void three() {}
    }

    @Test
    void everyValueOutOfRangeIsNamedAtOnce() {
        String bean = OutOfRange.class.getName();
        assertProblems(
                OutOfRange.class,
                bean
                        + "#one(): @CircuitBreaking failureThreshold must be a whole number >= 1 and <= 1000000 but was 0; "
                        + "openMillis must be a whole number >= 0 and <= 604800000 but was -5",
                bean
                        + "#two(java.lang.String[],int): @CircuitBreaking failureRateThresholdPercent must be a number > 0 "
                        + "and <= 100 but was NaN; halfOpenMaxCalls must be a whole number >= 1 and <= 10000 but was 10001",
                bean
                        + "#three(): @CircuitBreaking windowCalls must be a whole number >= 1 and <= 1000000 but was 1000001",
                "successThreshold must be a whole number >= 1 and <= 10000 but was -1",
                "trialTimeoutMillis must be a whole number >= 1 and <= 86400000 but was 0");
    }

    @ApplicationScoped
    static class Contradicting {
        @CircuitBreaking(tripOn = TripOn.CALL_WINDOW, windowCalls = 10)
        public void call() {}
    }

    @Test
    void aContradictionNamesBothMembers() {
        assertProblems(
                Contradicting.class,
                "#call(): @CircuitBreaking minimumCalls must be <= windowCalls (10) but was 20, the default");
    }

    @ApplicationScoped
    static class Disagreeing {
        @CircuitBreaking(name = "backend")
        public void one() {}

        @CircuitBreaking(name = "backend", failureThreshold = 2)
        public void two() {}
    }

    @Test
    void aSharedNameWithOtherValuesNamesBothMethods() {
        assertProblems(
                Disagreeing.class,
                "name \"backend\" is that of the breaker of ",
                Disagreeing.class.getName() + "#one()",
                Disagreeing.class.getName() + "#two()",
                "failureThreshold is 5 there and 2 here; make them equal");
    }

    @ApplicationScoped
    static class BadNames {
        @CircuitBreaking(name = "  ")
        public void blank() {}

        @CircuitBreaking(name = "two\nlines")
        public void lines() {}

        @CircuitBreaking(name = "Orders#*")
        @Retrying(name = "r*")
        @TimeLimiting(name = "t*")
        @FallingBack(name = "f*", method = "blank")
        public void pattern() {}

        @CircuitBreaking(failOn = {})
        public void nothing() {}
    }

    @Test
    void namesAndListsThatMakeNoSenseAreRefused() {
        assertProblems(
                BadNames.class,
                "#blank(): @CircuitBreaking name must be 1 to 200 characters",
                "but was \"  \"",
                "#lines(): @CircuitBreaking name must be",
                "#pattern(): @CircuitBreaking name must not contain *, as a configuration key with * is a pattern",
                "#pattern(): @Retrying name must not contain *",
                "#pattern(): @TimeLimiting name must not contain *",
                "#pattern(): @FallingBack name must not contain *",
                "#nothing(): @CircuitBreaking failOn must name at least one class");
    }

    @ApplicationScoped
    static class OutOfReach {
        @CircuitBreaking
        private void hidden() {}

        @CircuitBreaking
        static void loose() {
            new OutOfReach().hidden();
        }
    }

    @Test
    void anAnnotationThatCanTakeNoEffectIsRefused() {
        assertProblems(
                OutOfReach.class,
                "#hidden(): @CircuitBreaking has no effect on a private method",
                "#loose(): @CircuitBreaking has no effect on a static method");
    }

    @ApplicationScoped
    static class TwoBreakers {
        @CircuitBreaking
        @CircuitBreaker
        public void call() {}
    }

    @Test
    void aBreakerOfMicroProfileOnTheSameMethodIsRefused() {
        assertProblems(
                TwoBreakers.class,
                TwoBreakers.class.getName()
                        + "#call(): @CircuitBreaking and MicroProfile's @CircuitBreaker would both act on each call");
    }

    @ApplicationScoped
    @CircuitBreaking
    @CircuitBreaker
    static class TwoBreakersOnTheClass {
        public void call() {}
    }

    @Test
    void aBreakerOfMicroProfileOnTheClassIsRefusedToo() {
        assertProblems(
                TwoBreakersOnTheClass.class,
                TwoBreakersOnTheClass.class.getName()
                        + "#call(): @CircuitBreaking and MicroProfile's @CircuitBreaker would both act on each call");
    }

    @ApplicationScoped
    static class RetriedToo {
        @CircuitBreaking
        @Retry
        public void call() {}
    }

    @Test
    void anotherAnnotationOfMicroProfileIsAWarning() {
        try (RecordedLog log = new RecordedLog();
                Application application =
                        new Application(Map.of("switchgear.microprofile", "false"), RetriedToo.class)) {
            assertThat(application.names()).hasSize(1);
            assertThat(log.lines())
                    .anyMatch(line -> line.contains("SGR0013")
                            && line.contains(RetriedToo.class.getName() + "#call()")
                            && line.contains("MicroProfile"));
        }
    }

    static class NeedsArguments implements Predicate<Object> {
        NeedsArguments(int unused) {}

        @Override
        public boolean test(Object result) {
            return false;
        }
    }

    @ApplicationScoped
    static class BadPredicate {
        @CircuitBreaking(failWhen = NeedsArguments.class)
        public void call() {}
    }

    @Test
    void aPredicateThatCannotBeCreatedIsRefused() {
        assertProblems(
                BadPredicate.class,
                "#call(): @CircuitBreaking failWhen must be a class with a constructor without parameters that works",
                NeedsArguments.class.getName());
    }
}
