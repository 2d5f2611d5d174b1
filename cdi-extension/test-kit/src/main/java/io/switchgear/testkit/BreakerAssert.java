// SPDX-License-Identifier: Apache-2.0
package io.switchgear.testkit;

import io.switchgear.CircuitBreaker;
import io.switchgear.status.BreakerMode;
import io.switchgear.status.BreakerSnapshot;
import io.switchgear.status.CircuitState;
import java.time.Duration;
import java.util.Objects;
import org.assertj.core.api.AbstractAssert;

/**
 * Assertions of a breaker. Those that fail say what the breaker says about itself.
 *
 * @since 0.1
 */
public final class BreakerAssert extends AbstractAssert<BreakerAssert, CircuitBreaker> {
    BreakerAssert(CircuitBreaker breaker) {
        super(breaker, BreakerAssert.class);
    }

    /** Checks that the breaker is closed. */
    public BreakerAssert isClosed() {
        return has("state", CircuitState.CLOSED, read().state());
    }

    /** Checks that the breaker is open. */
    public BreakerAssert isOpen() {
        return has("state", CircuitState.OPEN, read().state());
    }

    /** Checks that the breaker is half-open. */
    public BreakerAssert isHalfOpen() {
        return has("state", CircuitState.HALF_OPEN, read().state());
    }

    /** Checks the mode. */
    public BreakerAssert hasMode(BreakerMode mode) {
        return has("mode", mode, read().mode());
    }

    /** Checks the time until the breaker admits trials, in whole milliseconds. */
    public BreakerAssert isOpenFor(Duration remaining) {
        isOpen();
        return has("remaining time", remaining, Duration.ofMillis(read().openRemainingMillis()));
    }

    /** Checks the number of calls that have succeeded, slow ones included. */
    public BreakerAssert hasSucceeded(long calls) {
        return has("successes", calls, read().successes());
    }

    /** Checks the number of calls that have failed, slow ones included. */
    public BreakerAssert hasFailed(long calls) {
        return has("failures", calls, read().failures());
    }

    /** Checks the number of calls that were rejected, for whatever reason. */
    public BreakerAssert hasRejected(long calls) {
        return has(
                "rejected calls",
                calls,
                read().rejectedByReason().values().stream()
                        .mapToLong(Long::longValue)
                        .sum());
    }

    /** Checks how often the breaker opened by its own decision, in part or again after a failed trial too. */
    public BreakerAssert hasOpened(long times) {
        return has("openings", times, read().opened());
    }

    /** Checks how often the breaker opened from closed by its own decision: the number of outages. */
    public BreakerAssert hasTripped(long times) {
        return has("trips", times, read().trips());
    }

    /** Checks that the sentence about the last trip contains {@code text}. */
    public BreakerAssert hasLastTrip(String text) {
        String sentence = read().lastTrip();
        if (sentence == null || !sentence.contains(text)) {
            fail("lastTrip", "text that contains \"" + text + '"', sentence == null ? "none" : '"' + sentence + '"');
        }
        return this;
    }

    private BreakerSnapshot read() {
        isNotNull();
        return actual.snapshot();
    }

    private BreakerAssert has(String what, Object expected, Object found) {
        if (!Objects.equals(expected, found)) {
            fail(what, expected, found);
        }
        return this;
    }

    private void fail(String what, Object expected, Object found) {
        BreakerSnapshot now = read();
        failWithMessage(
                "%nExpected %s of the breaker \"%s\" to be %s but was %s.%nIt is %s, mode %s; %d succeeded, %d failed,"
                        + " rejected %s; last trip: %s; last failure: %s",
                what,
                actual.name(),
                expected,
                found,
                now.state(),
                now.mode(),
                now.successes(),
                now.failures(),
                now.rejectedByReason(),
                now.lastTrip(),
                now.lastFailure());
    }
}
