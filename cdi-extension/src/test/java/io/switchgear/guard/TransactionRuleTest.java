// SPDX-License-Identifier: Apache-2.0
package io.switchgear.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.FailureRule;
import io.switchgear.breaker.Breaker;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.FallbackSettings;
import io.switchgear.settings.RetrySettings;
import io.switchgear.time.JdkScheduler;
import io.switchgear.time.Time;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** What a transaction is asked, and when. */
class TransactionRuleTest {
    private static final FailureRule RULE = new FailureRule(List.of(Exception.class), List.of(IOException.class));

    private final List<String> events = new ArrayList<>();
    private boolean retries;

    private final TransactionRule rule = new TransactionRule() {
        @Override
        public boolean allowsRetry() {
            events.add("retry?");
            return retries;
        }

        @Override
        public void replaced(Throwable failure) {
            events.add("undo " + failure.getMessage());
        }
    };

    private Object call(Class<?> type, Breaker breaker, Retry retry, Recovery<String> recovery, Exception failure)
            throws Exception {
        Fallback<String> fallback = recovery == null
                ? null
                : new Fallback<>("fallback", FallbackSettings.defaults(), RULE, "method", recovery);
        return new GuardPipeline<String>(
                        type,
                        GuardLayers.on(new JdkScheduler())
                                .with(breaker)
                                .with(retry)
                                .with(fallback)
                                .with(rule))
                .call(
                        context -> {
                            events.add("call");
                            throw failure;
                        },
                        "context");
    }

    private static Retry retry() {
        return new Retry("retry", RetrySettings.defaults().delayMillis(0).maxAttempts(2), RULE, Time.SYSTEM);
    }

    @Test
    void aFailureIsUndoneAfterItsFallbackHasRun() throws Exception {
        Recovery<String> recovery = (context, failure, attempts) -> {
            events.add("fallback");
            return "instead";
        };
        assertThat(call(String.class, null, null, recovery, new IllegalStateException("no")))
                .isEqualTo("instead");
        assertThat(events).containsExactly("call", "fallback", "undo no");
    }

    @Test
    void aFailureIsUndoneIfItsFallbackFailsToo() {
        Recovery<String> recovery = (context, failure, attempts) -> {
            throw new IOException("neither");
        };
        assertThatThrownBy(() -> call(String.class, null, null, recovery, new IllegalStateException("no")))
                .hasMessage("neither");
        assertThat(events).containsExactly("call", "undo no");
    }

    @Test
    void aFailureThatIsNotReplacedIsLeftToTheContainer() {
        Recovery<String> recovery = (context, failure, attempts) -> "instead";
        assertThatThrownBy(() -> call(String.class, null, null, recovery, new IOException("no")))
                .hasMessage("no");
        assertThatThrownBy(() -> call(String.class, null, null, null, new IllegalStateException("no")))
                .hasMessage("no");
        assertThat(events).containsExactly("call", "call");
    }

    @Test
    void aRejectionThatIsReplacedUndoesNothing() throws Exception {
        Breaker breaker = new Breaker("breaker", BreakerSettings.defaults(), FailureRule.ANY, transition -> {});
        breaker.forceOpen("maintenance");
        Recovery<String> recovery = (context, failure, attempts) -> "instead";
        assertThat(call(String.class, breaker, null, recovery, null)).isEqualTo("instead");
        assertThat(events).isEmpty();
    }

    @Test
    void aMethodThatThrowsInsteadOfReturningAStageIsUndone() throws Exception {
        Recovery<String> recovery = (context, failure, attempts) -> null;
        CompletionStage<?> stage =
                (CompletionStage<?>) call(CompletionStage.class, null, null, recovery, new IllegalStateException("no"));
        assertThat(stage.toCompletableFuture()).isCompleted();
        assertThat(events).containsExactly("call", "undo no");
    }

    @Test
    void aTransactionCanForbidRetries() {
        assertThatThrownBy(() -> call(String.class, null, retry(), null, new IllegalStateException("no")))
                .hasMessage("no");
        assertThat(events).containsExactly("call", "retry?");
    }

    @Test
    void aTransactionIsAskedOnlyAboutFailuresThatAreRetried() {
        retries = true;
        assertThatThrownBy(() -> call(String.class, null, retry(), null, new IOException("skipped")))
                .hasMessage("skipped");
        assertThat(events).containsExactly("call");
        events.clear();
        assertThatThrownBy(() -> call(String.class, null, retry(), null, new IllegalStateException("no")))
                .hasMessage("no");
        assertThat(events).containsExactly("call", "retry?", "call", "retry?");
    }
}
