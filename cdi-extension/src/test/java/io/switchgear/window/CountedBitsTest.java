// SPDX-License-Identifier: Apache-2.0
package io.switchgear.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CountedBitsTest {
    @Test
    void theCountIsThatOfTheBitsWheneverNothingIsWritten() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        boolean[] naive = new boolean[130];
        CountedBits bits = new CountedBits(naive.length, new long[1 + CountedBits.cells(naive.length)], 1);
        int set = 0;
        for (int i = 0; i < 2_000; i++) {
            int index = random.nextInt(naive.length);
            boolean value = random.nextBoolean();
            set += (value ? 1 : 0) - (naive[index] ? 1 : 0);
            naive[index] = value;
            bits.write(index, value);
            assertThat(bits.isSet(index)).as("seed %d, step %d", seed, i).isEqualTo(value);
            assertThat(bits.count()).as("seed %d, step %d", seed, i).isEqualTo(set);
            assertThat(bits.recount()).as("seed %d, step %d", seed, i).isEqualTo(set);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 2", "64, 2", "65, 3", "128, 3", "129, 4"})
    void aRowTakesACellForItsCountAndNoMoreThanItNeedsForItsBits(int length, int cells) {
        assertThat(CountedBits.cells(length)).isEqualTo(cells);
    }
}
