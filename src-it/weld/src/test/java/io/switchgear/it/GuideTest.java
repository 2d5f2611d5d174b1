// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.CircuitBreaking;
import io.switchgear.FallingBack;
import io.switchgear.TimeLimiting;
import io.switchgear.pages.Page;
import io.switchgear.settings.TripOn;
import io.switchgear.status.CircuitState;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Checks the guide: its example, its length, and that what it says the library does is tested. */
class GuideTest {
    private static final Page GUIDE = Page.ofManual("guide.md");

    static final class Provider {
        private boolean down;
        private int charged;

        String charge(String order) {
            charged++;
            if (down) {
                throw new IllegalStateException("down");
            }
            return order + " is charged";
        }
    }

    private static final Provider provider = new Provider();

    @ApplicationScoped
    static class Payments {
        // example-begin
        @CircuitBreaking(tripOn = TripOn.ADAPTIVE, slowCallMillis = 2_000, maxConcurrentCalls = 40)
        @TimeLimiting(limitMillis = 5_000)
        @FallingBack(method = "later")
        public String pay(String order) {
            return provider.charge(order);
        }

        String later(String order) {
            return order + " is charged later";
        }
        // example-end
    }

    @Test
    void theExampleServesItsCallersInAnOutage() {
        try (Application application = new Application(Payments.class)) {
            Payments payments = application.get(Payments.class);
            assertThat(payments.pay("a")).isEqualTo("a is charged");
            provider.down = true;
            for (int i = 0; i < 100; i++) {
                assertThat(payments.pay("b")).isEqualTo("b is charged later");
            }
            assertThat(application.snapshot("Payments#pay(String)").state()).isEqualTo(CircuitState.OPEN);
            assertThat(provider.charged).as("the service is left in peace").isLessThan(30);
        }
    }

    @Test
    void isShort() {
        assertThat(GUIDE.text().split("\\s+")).hasSizeLessThanOrEqualTo(2_000);
    }

    @Test
    void aTestReadsEachMessageThatAnswersAMistake() {
        List<String> numbers = Pattern.compile("SGR\\d{4}")
                .matcher(GUIDE.text())
                .results()
                .map(found -> found.group())
                .distinct()
                .toList();
        assertThat(numbers).hasSizeGreaterThan(8);
        List<String> tests = Page.files(".java").stream()
                .filter(file -> file.toString().contains("/src/test/") && !file.endsWith("GuideTest.java"))
                .map(GuideTest::read)
                .toList();
        String catalogue = read(Page.root().resolve("cdi-extension/src/main/java/io/switchgear/message/Message.java"));
        for (String number : numbers) {
            String message = Pattern.compile(
                            "([A-Z_]+)\\(\\s*" + Integer.parseInt(number.substring("SGR".length())) + ",")
                    .matcher(catalogue)
                    .results()
                    .map(found -> "Message." + found.group(1))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(number + " is no message"));
            assertThat(tests).as(message).anyMatch(test -> test.contains(number) || test.contains(message));
        }
    }

    @Test
    void theChancesOfTheThresholdsAreRight() {
        assertThat(atLeast(6, 20, 0.2)).isBetween(1 / 5.5, 1 / 4.5);
        assertThat(atLeast(10, 20, 0.2)).isBetween(1 / 450.0, 1 / 350.0);
    }

    /** Returns the probability that of some independent calls at least so many fail. */
    private static double atLeast(int failures, int calls, double share) {
        double sum = 0;
        double ways = 1;
        for (int i = 0; i <= calls; i++) {
            if (i >= failures) {
                sum += ways * Math.pow(share, i) * Math.pow(1 - share, calls - i);
            }
            ways = ways * (calls - i) / (i + 1);
        }
        return sum;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
