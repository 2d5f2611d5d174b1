// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import com.code_intelligence.jazzer.junit.FuzzTest;

/**
 * Compares a breaker with its {@link BreakerModel} on the steps in the inputs that are kept, or on those of a fuzzer.
 */
class BreakerFuzzTest {
    @FuzzTest
    void agreesWithItsModel(byte[] input) {
        new ModelComparison.Target(false).runAndShorten(input);
    }

    @FuzzTest
    void agreesWithItsModelOnSlowAndHangingCalls(byte[] input) {
        new ModelComparison.Target(true).runAndShorten(input);
    }
}
