// SPDX-License-Identifier: Apache-2.0
package io.switchgear;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** A rule by which the two lists alone decide. */
class ListsAloneTest {
    private static final FailureRule ALL = rule(List.of(Throwable.class), List.of());

    private static FailureRule rule(List<Class<? extends Throwable>> failOn, List<Class<? extends Throwable>> skipOn) {
        return new FailureRule(failOn, skipOn, null, true);
    }

    @Test
    void noThrowableIsSpecial() {
        for (Throwable thrown : List.of(
                new InterruptedException(),
                new CancellationException(),
                new SecurityException(),
                new StackOverflowError())) {
            assertThat(ALL.ignores(thrown)).as(thrown.toString()).isFalse();
            assertThat(ALL.fails(thrown)).as(thrown.toString()).isTrue();
        }
    }

    @Test
    void whatIsInNeitherListOrInTheSecondIsASuccess() {
        FailureRule rule = rule(List.of(Exception.class), List.of(IOException.class));
        assertThat(rule.fails(new IllegalStateException())).isTrue();
        assertThat(rule.fails(new IOException())).isFalse();
        assertThat(rule.fails(new AssertionError())).isFalse();
        assertThat(rule.ignores(new IOException())).isFalse();
    }

    @Test
    void nothingIsUnwrapped() {
        FailureRule rule = rule(List.of(IOException.class), List.of());
        assertThat(rule.fails(new CompletionException(new IOException()))).isFalse();
    }
}
