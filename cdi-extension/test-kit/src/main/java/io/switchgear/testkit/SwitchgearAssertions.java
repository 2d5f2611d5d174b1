// SPDX-License-Identifier: Apache-2.0
package io.switchgear.testkit;

import io.switchgear.CircuitBreaker;
import io.switchgear.Guard;

/**
 * Assertions of breakers and guards, to be imported statically beside those of AssertJ.
 *
 * @since 0.1
 */
public final class SwitchgearAssertions {
    private SwitchgearAssertions() {}

    /** Begins assertions of a breaker, which read it anew each. */
    public static BreakerAssert assertThat(CircuitBreaker breaker) {
        return new BreakerAssert(breaker);
    }

    /** Begins assertions of a guard that was built in code, which read its layers anew each. */
    public static GuardAssert assertThat(Guard<?> guard) {
        return new GuardAssert(guard);
    }
}
