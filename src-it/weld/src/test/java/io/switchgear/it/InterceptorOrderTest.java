// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it;

import static io.switchgear.it.DeploymentErrors.assertProblems;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.FallingBack;
import io.switchgear.Retrying;
import io.switchgear.TimeLimiting;
import io.switchgear.message.RecordedLog;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InterceptorBinding;
import jakarta.interceptor.InvocationContext;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The place of the guard among other interceptors, and what the deployment says about it. */
class InterceptorOrderTest implements LeavesNoMBeans {
    private static final String PRIORITY = "switchgear.interceptor-priority";
    private static final List<String> calls = new ArrayList<>();

    @InterceptorBinding
    @Retention(RetentionPolicy.RUNTIME)
    @interface Checked {}

    @Checked
    @Interceptor
    @Priority(189)
    static class Before {
        @AroundInvoke
        Object around(InvocationContext call) throws Exception {
            calls.add("before");
            return call.proceed();
        }
    }

    @Checked
    @Interceptor
    @Priority(200)
    static class After {
        @AroundInvoke
        Object around(InvocationContext call) throws Exception {
            calls.add("after");
            return call.proceed();
        }
    }

    @ApplicationScoped
    static class Bean {
        @Checked
        @Retrying(delayMillis = 0, maxAttempts = 2)
        public void fail() {
            throw new IllegalStateException("no");
        }
    }

    @Dependent
    static class Joining {
        @Transactional(TxType.MANDATORY)
        @Retrying
        public void write() {}
    }

    @Transactional
    @ApplicationScoped
    static class Writing {
        @Retrying
        public void write() {}

        @Retrying
        @Transactional(TxType.NOT_SUPPORTED)
        public void read() {}
    }

    @Transactional
    @ApplicationScoped
    static class Committing {
        @Retrying
        public void write() throws IOException {}

        @Retrying(abortOn = IOException.class)
        public void once() throws IOException {}

        @Transactional(rollbackOn = Exception.class)
        @Retrying
        public void rolledBack() throws IOException {}

        @Retrying(retryOn = IllegalStateException.class)
        public void unchecked() throws IOException {}

        @Retrying(retryOn = FileNotFoundException.class)
        public void narrow() throws IOException {}

        @Transactional(dontRollbackOn = IllegalStateException.class)
        @Retrying
        public void kept() throws IllegalStateException {}

        @Transactional(TxType.NEVER)
        @Retrying
        public void outside() throws IOException {}
    }

    @ApplicationScoped
    @Transactional
    @TimeLimiting
    static class CommittingLate {
        public void waits() throws InterruptedException {}

        public void reads() throws IOException {}

        public void cannotThrowIt() throws FileNotFoundException {}

        @Transactional(rollbackOn = InterruptedException.class)
        public void rolledBack() throws InterruptedException {}

        @TimeLimiting(interrupt = false)
        public void uninterrupted() throws InterruptedException {}

        @TimeLimiting(enabled = false)
        public void unlimited() throws InterruptedException {}

        @Transactional(TxType.NOT_SUPPORTED)
        public void outside() throws InterruptedException {}
    }

    @ApplicationScoped
    static class Keeping {
        @Checked
        @FallingBack(lastGood = true)
        public String secret() {
            return "secret";
        }

        @Checked
        @FallingBack(method = "nothing")
        public String other() {
            return "other";
        }

        String nothing() {
            return "";
        }
    }

    @BeforeEach
    void noCalls() {
        calls.clear();
    }

    private static List<String> order(Map<String, String> properties) {
        try (Application application = new Application(properties, Bean.class, Before.class, After.class)) {
            assertThatThrownBy(application.get(Bean.class)::fail).hasMessage("no");
        }
        return calls;
    }

    @Test
    void theGuardIsOutsideTransactionsAndInsideWhatComesBeforeThem() {
        assertThat(order(Map.of())).containsExactly("before", "after", "after");
    }

    @Test
    void theGuardCanBePutOutside() {
        assertThat(order(Map.of(PRIORITY, "100"))).containsExactly("before", "after", "before", "after");
    }

    @Test
    void theGuardCanBePutInside() {
        assertThat(order(Map.of(PRIORITY, "4060"))).containsExactly("before", "after");
    }

    @Test
    void aPriorityThatIsNoNumberFailsTheDeployment() {
        assertThatThrownBy(() -> order(Map.of(PRIORITY, "first")))
                .hasStackTraceContaining(PRIORITY)
                .hasStackTraceContaining("must be a whole number from 0 to 9999 but was \"first\"");
    }

    @Test
    void aMethodThatAlwaysJoinsATransactionCannotBeRetried() {
        assertProblems(
                Joining.class,
                Joining.class.getTypeName()
                        + "#write(): @Retrying would run all attempts in one transaction, which commits what failed attempts"
                        + " have written; @Transactional(MANDATORY) always joins that of the caller; let the caller be"
                        + " retried, or choose REQUIRED");
    }

    @Test
    void insideATransactionNothingCanBeRetried() {
        assertThatThrownBy(() -> new Application(Map.of(PRIORITY, "200"), Writing.class).close())
                .hasStackTraceContaining(
                        "#write(): @Retrying would run all attempts in one transaction, which commits"
                                + " what failed attempts have written; set switchgear.interceptor-priority, which is 200, below 200")
                .satisfies(failed -> assertThat(failed).message().doesNotContain("#read()"));
    }

    @Test
    void outsideATransactionEverythingCanBeRetried() {
        new Application(Map.of(PRIORITY, "199"), Writing.class).close();
    }

    @Test
    void aRetryThatWouldRepeatWhatWasCommittedIsWarnedOf() {
        try (RecordedLog log = new RecordedLog();
                Application application = new Application(Committing.class)) {
            assertThat(application.names()).isEmpty();
            assertThat(log.lines().stream()
                            .filter(line -> line.contains("SGR0038"))
                            .map(line -> line.replaceAll(".*#(.*)\\(\\): its .* throws ([^,]*),.*", "$1 $2")))
                    .containsExactlyInAnyOrder(
                            "write java.io.IOException",
                            "narrow java.io.FileNotFoundException",
                            "kept java.lang.IllegalStateException");
        }
    }

    private static List<String> committed(Map<String, String> properties) {
        try (RecordedLog log = new RecordedLog();
                Application application = new Application(properties, CommittingLate.class)) {
            application.get(CommittingLate.class);
            return log.lines().stream()
                    .filter(line -> line.contains("SGR0038"))
                    .map(line -> line.replaceAll(".*#", ""))
                    .toList();
        }
    }

    @Test
    void anInterruptionThatCommitsIsWarnedOf() {
        assertThat(committed(Map.of()))
                .containsExactlyInAnyOrder(
                        "waits(): its transaction commits when it throws java.lang.InterruptedException, so a call that is"
                                + " interrupted at its time limit commits what it has written; add it to rollbackOn of"
                                + " @Transactional, or set interrupt of the time limit to false",
                        "reads(): its transaction commits when it throws java.io.InterruptedIOException or"
                                + " java.nio.channels.ClosedByInterruptException, so a call that is interrupted at its time"
                                + " limit commits what it has written; add it to rollbackOn of @Transactional, or set"
                                + " interrupt of the time limit to false");
        assertThat(committed(Map.of("switchgear.default.time-limit.interrupt", "false")))
                .isEmpty();
        assertThat(committed(Map.of(PRIORITY, "200")))
                .as("the interceptor of transactions gets the exception of the time limit")
                .isEmpty();
    }

    @Test
    void lastGoodValuesPastAnInterceptorAreWarnedOf() {
        try (RecordedLog log = new RecordedLog();
                Application application = new Application(Keeping.class, Before.class, After.class)) {
            assertThat(application.names()).isEmpty();
            assertThat(log.lines())
                    .filteredOn(line -> line.contains("SGR0039"))
                    .singleElement()
                    .asString()
                    .contains("#secret(): last good values reach callers without passing " + After.class.getName()
                            + ", which is inside the guard; if it checks callers, give it a priority below 190");
        }
    }
}
