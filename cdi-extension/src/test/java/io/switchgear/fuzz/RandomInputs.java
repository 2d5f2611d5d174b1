// SPDX-License-Identifier: Apache-2.0
package io.switchgear.fuzz;

import java.util.List;
import java.util.Random;
import java.util.function.Function;

/**
 * Runs a fuzz target on random inputs, so that each build tries new ones. The seed is a new one for each build. A
 * failure shows it, and {@code -Dswitchgear.seed} repeats the run; {@code -Dswitchgear.tries} makes it longer.
 */
public final class RandomInputs {
    private static final long SEED = Long.getLong("switchgear.seed", new Random().nextLong());

    private RandomInputs() {}

    /**
     * Runs it.
     *
     * @param usualTries how many inputs to try unless the property says otherwise
     * @throws AssertionError with the seed and a short input if one fails
     */
    public static void run(int usualTries, Function<Random, byte[]> inputs, FuzzTarget target) {
        int tries = Integer.getInteger("switchgear.tries", usualTries);
        Random seeds = new Random(SEED);
        for (int i = 1; i <= tries; i++) {
            byte[] input = inputs.apply(new Random(seeds.nextLong()));
            try {
                target.runAndShorten(input);
            } catch (AssertionError failure) {
                throw new AssertionError(
                        "in try " + i + " of -Dswitchgear.seed=" + SEED + ": " + failure.getMessage(),
                        failure.getCause());
            }
        }
    }

    /** Returns random bytes. */
    public static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Returns a source of texts of up to {@code max} pieces, with a random character after some of them. */
    public static Function<Random, byte[]> texts(int max, List<String> pieces) {
        return random -> {
            StringBuilder text = new StringBuilder();
            for (int left = random.nextInt(max + 1); left > 0; left--) {
                text.append(pieces.get(random.nextInt(pieces.size())));
                if (random.nextInt(8) == 0) {
                    text.append((char) random.nextInt(random.nextBoolean() ? 0x80 : 0x1_0000));
                }
            }
            return FuzzText.bytes(text.toString());
        };
    }
}
