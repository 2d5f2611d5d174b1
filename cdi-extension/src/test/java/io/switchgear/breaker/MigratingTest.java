// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.status.CircuitState;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Half-open breakers of other libraries, as the manual says how to have them here: on every sequence of outcomes. */
class MigratingTest {
    /**
     * @param trials how many trials the other library lets through
     * @param opening how many of them have to fail for it to open
     */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "Resilience4j with its defaults, 10, 5",
        "Failsafe withSuccessThreshold(3 of 5), 5, 3",
        "Failsafe withFailureThreshold(5 of 10), 10, 5",
        "Failsafe in a row, 1, 1"
    })
    void decidesAsTheOtherLibraryDoes(String library, int trials, int opening) {
        for (int outcomes = 0; outcomes < 1 << trials; outcomes++) {
            TestBreaker test = new TestBreaker(s -> s.successThreshold(trials - opening + 1)
                    .halfOpenMaxCalls(trials)
                    .maxTrialFailures(opening - 1));
            test.untilHalfOpen();
            for (int trial = 0; trial < trials && test.state() == CircuitState.HALF_OPEN; trial++) {
                if ((outcomes >> trial & 1) == 1) {
                    test.fail();
                } else {
                    test.succeed();
                }
            }
            assertThat(test.state())
                    .as("%s, %s", library, Integer.toBinaryString(outcomes))
                    .isEqualTo(Integer.bitCount(outcomes) >= opening ? CircuitState.OPEN : CircuitState.CLOSED);
        }
    }
}
