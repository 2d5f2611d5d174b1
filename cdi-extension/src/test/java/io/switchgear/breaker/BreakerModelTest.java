// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import io.switchgear.fuzz.RandomInputs;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Compares a breaker with its {@link BreakerModel} on random steps. A failure is shown as a short list of steps that
 * leads to it. About 160,000 steps; {@code -Dswitchgear.tries=20000} makes it 16 million.
 */
class BreakerModelTest {
    @Test
    void agreesWithItsModel() {
        compare(false);
    }

    @Test
    void agreesWithItsModelOnSlowAndHangingCalls() {
        compare(true);
    }

    private static void compare(boolean slowCalls) {
        RandomInputs.run(200, random -> upToMaxSteps(random, slowCalls), new ModelComparison.Target(slowCalls));
    }

    /** Returns the bytes of a random number of random steps. */
    private static byte[] upToMaxSteps(Random random, boolean slowCalls) {
        int count = random.nextInt(BreakerStep.MAX_STEPS + 1);
        byte[] bytes = RandomInputs.bytes(random, count * BreakerStep.MAX_BYTES);
        return count == 0
                ? bytes
                : Arrays.copyOf(
                        bytes, BreakerStep.read(bytes, slowCalls).get(count - 1).to());
    }
}
