// SPDX-License-Identifier: Apache-2.0
package io.switchgear.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Attempts on another thread, which is that of the test here. */
class SubmissionTest {
    private final List<String> calls = new ArrayList<>();
    private final AtomicReference<Submission<String>> running = new AtomicReference<>();

    private Submission<String> submission(Runnable within) {
        Submission<String> created = new Submission<>(
                name -> {
                    calls.add(name);
                    within.run();
                    return name;
                },
                "call",
                false);
        running.set(created);
        return created;
    }

    @Test
    void oneThatIsCancelledBeforeItBeginsNeverRuns() {
        Submission<String> submission = submission(() -> {});
        assertThat(submission.cancel(true)).isTrue();
        submission.run();
        assertThat(calls).isEmpty();
        assertThat(submission).isCancelled();
    }

    @Test
    void oneThatRunsIsInterruptedOnceAndDoneWhenItEnds() {
        List<Boolean> interrupted = new ArrayList<>();
        Submission<String> submission = submission(() -> {
            running.get().cancel(true);
            interrupted.add(Thread.interrupted());
            running.get().cancel(true);
            interrupted.add(Thread.interrupted());
            assertThat(running.get()).isNotDone();
        });
        submission.run();
        assertThat(interrupted).containsExactly(true, false);
        assertThat(submission).isCompletedWithValue("call");
    }

    @Test
    void noInterruptionOutlivesTheAttempt() {
        Submission<String> submission = submission(() -> running.get().cancel(true));
        submission.run();
        assertThat(Thread.interrupted()).isFalse();
        submission.cancel(true);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void cancelledWithoutInterruptionItGoesOn() {
        Submission<String> submission = submission(() -> {
            running.get().cancel(false);
            assertThat(Thread.interrupted()).isFalse();
        });
        submission.run();
        assertThat(submission).isCompletedWithValue("call");
    }

    @Test
    void anInterruptionByOthersIsLeftToTheThread() {
        Submission<String> submission = submission(() -> Thread.currentThread().interrupt());
        submission.run();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aStageIsTheResultAndStoppedWithTheAttempt() {
        CompletableFuture<String> stage = new CompletableFuture<>();
        Submission<String> submission = new Submission<>(name -> stage, "call", true);
        submission.run();
        assertThat(submission).isNotDone();
        assertThat(submission.cancel(true)).isTrue();
        assertThat(stage).isCancelled();
        assertThat(submission).isCompletedExceptionally();
    }

    @Test
    void aFailureIsUnwrapped() {
        CompletableFuture<String> stage = new CompletableFuture<>();
        CompletableFuture<String> dependent = stage.thenApply(value -> value);
        Submission<String> submission = new Submission<>(name -> dependent, "call", true);
        submission.run();
        stage.completeExceptionally(new IllegalStateException("inner"));
        assertThatThrownBy(submission::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("inner");
    }
}
