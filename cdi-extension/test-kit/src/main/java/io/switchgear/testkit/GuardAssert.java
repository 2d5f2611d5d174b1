// SPDX-License-Identifier: Apache-2.0
package io.switchgear.testkit;

import io.switchgear.Guard;
import java.util.Optional;
import org.assertj.core.api.AbstractAssert;

/**
 * Assertions of the layers of a guard. A layer that is asked for and absent fails.
 *
 * @since 0.1
 */
public final class GuardAssert extends AbstractAssert<GuardAssert, Guard<?>> {
    GuardAssert(Guard<?> guard) {
        super(guard, GuardAssert.class);
    }

    /** Goes on with assertions of the breaker. */
    public BreakerAssert breaker() {
        return new BreakerAssert(present("breaker", guard().breaker()));
    }

    /** Checks the number of attempts that were retries. */
    public GuardAssert hasRetried(long times) {
        return has(
                "retries",
                times,
                present("retries", guard().retries()).snapshot().retries());
    }

    /** Checks the number of calls that exceeded the time limit. */
    public GuardAssert hasExceededLimit(long calls) {
        return has(
                "calls over the time limit",
                calls,
                present("time limit", guard().timeLimits()).snapshot().exceeded());
    }

    /** Checks the number of calls that the bulkhead rejected. */
    public GuardAssert hasRejectedAsFull(long calls) {
        return has(
                "calls rejected by the bulkhead",
                calls,
                present("bulkhead", guard().bulkheads()).snapshot().rejected());
    }

    /** Checks the number of calls whose failure the fallback replaced, by its handler or a last good value. */
    public GuardAssert hasFallenBack(long calls) {
        var fallbacks = present("fallback", guard().fallbacks()).snapshot();
        return has("calls that fell back", calls, fallbacks.handled() + fallbacks.lastGoodHits());
    }

    private Guard<?> guard() {
        isNotNull();
        return actual;
    }

    private <T> T present(String layer, Optional<T> found) {
        if (found.isEmpty()) {
            failWithMessage("%nExpected the guard \"%s\" to have a %s, but it was built without", actual.name(), layer);
        }
        return found.orElseThrow();
    }

    private GuardAssert has(String what, long expected, long found) {
        if (expected != found) {
            failWithMessage(
                    "%nExpected %s of the guard \"%s\" to be %d but was %d", what, actual.name(), expected, found);
        }
        return this;
    }
}
