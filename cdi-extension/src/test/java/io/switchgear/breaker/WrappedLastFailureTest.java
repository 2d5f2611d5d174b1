// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.FailureRule;
import io.switchgear.status.CircuitState;
import jakarta.ejb.EJBException;
import java.net.ConnectException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** Operators see the class of what was wrapped, not the container's wrapper. */
class WrappedLastFailureTest {
    private final TestBreaker test =
            new TestBreaker(s -> s.failureThreshold(2), new FailureRule(List.of(ConnectException.class), List.of()));

    @Test
    void theLastFailureAndTheReasonNameWhatWasWrapped() {
        test.call().threw(new EJBException(new ConnectException("refused")));
        assertThat(test.breaker.snapshot().lastFailure()).isEqualTo("java.net.ConnectException");
        test.call().threw(new ExecutionException(new ConnectException("refused")));
        assertThat(test.state()).isEqualTo(CircuitState.OPEN);
        assertThat(test.transitions.get(0).whyInFull()).contains("java.net.ConnectException", "refused");
    }

    @Test
    void aWrapperOfAFailureDoesNotMakeTheNextWrapperOne() {
        test.call().threw(new EJBException(new ConnectException("refused")));
        test.call().threw(new EJBException(new IllegalArgumentException()));
        test.call().threw(new EJBException("without a cause"));
        assertThat(test.breaker.snapshot()).returns(1L, s -> s.failures()).returns(2L, s -> s.successes());
    }
}
