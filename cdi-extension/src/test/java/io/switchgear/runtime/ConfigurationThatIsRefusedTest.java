// SPDX-License-Identifier: Apache-2.0
package io.switchgear.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.switchgear.FailureRule;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.RetrySettings;
import io.switchgear.settings.TripOn;
import java.util.Arrays;
import java.util.stream.IntStream;
import javax.management.JMException;
import org.junit.jupiter.api.Test;

/** What is refused of a file that is followed, and what stays. */
class ConfigurationThatIsRefusedTest extends FollowingTestCase {
    private static final String REFUSED =
            "WARNING SGR0066: a change of configuration is refused, and the value before" + " stays: ";

    @Test
    void aBadValueIsRefusedOnceAndTheOldOneStays() throws JMException {
        write(THRESHOLD + "=7");
        scheduler.twice();
        write("", THRESHOLD + "=none", "switchgear.default.open-millis=5000");
        scheduler.twice();
        scheduler.twice();
        assertThat(threshold()).isEqualTo(7);
        assertThat(users.snapshot().settings().openMillis())
                .as("other keys follow")
                .isEqualTo(5_000);
        String sentence =
                THRESHOLD + " (" + file + ", line 2) must be a whole number >= 1 and <= 1000000 but was \"none\"";
        assertThat(lines("SGR0066")).containsExactly(REFUSED + sentence);
        assertThat((String[]) application("RefusedConfiguration")).containsExactly(sentence);
        assertThat(application("LastLook").toString())
                .endsWith("nothing has changed; 1 problem, see RefusedConfiguration");
        write("", THRESHOLD + "=0");
        scheduler.twice();
        assertThat(lines("SGR0066")).as("again when it changes").hasSize(2);
        write("", THRESHOLD + "=9");
        scheduler.twice();
        assertThat(threshold()).isEqualTo(9);
        assertThat((String[]) application("RefusedConfiguration")).isEmpty();
    }

    @Test
    void aSetThatContradictsIsRefusedAsAWholeForEachBreakerOfItsOwn() {
        var small = shop.breakers()
                .create(
                        "small",
                        BreakerSettings.builder()
                                .minimumCalls(1)
                                .windowCalls(10)
                                .tripOn(TripOn.CALL_WINDOW)
                                .build());
        write("switchgear.default.minimum-calls=30", "switchgear.default.open-millis=5000");
        scheduler.twice();
        scheduler.twice();
        assertThat(small.snapshot().settings().minimumCalls()).isEqualTo(1);
        assertThat(small.snapshot().settings().openMillis())
                .as("refused with it")
                .isEqualTo(60_000);
        assertThat(users.snapshot().settings().minimumCalls()).isEqualTo(30);
        assertThat(lines("SGR0066"))
                .singleElement()
                .asString()
                .startsWith(REFUSED + "small: switchgear.default.minimum-calls (" + file + ", line 1) must be <=");
        var later = shop.breakers().create("small too", small.configuredSettings());
        assertThat(later.configuredSettings().minimumCalls())
                .as("no caller fails")
                .isEqualTo(1);
        write("switchgear.default.minimum-calls=10");
        scheduler.twice();
        assertThat(small.snapshot().settings().minimumCalls()).isEqualTo(10);
        assertThat(later.snapshot().settings().minimumCalls()).isEqualTo(10);
    }

    @Test
    void whatContradictsAnOperatorIsTriedAgainUntilItFits() {
        users.by("ada")
                .update(present -> present.toBuilder()
                        .tripOn(TripOn.CALL_WINDOW)
                        .windowCalls(25)
                        .build());
        write("switchgear.default.minimum-calls=30");
        scheduler.twice();
        scheduler.twice();
        assertThat(users.snapshot().settings().minimumCalls()).isEqualTo(20);
        assertThat(lines("SGR0066")).singleElement().asString().contains("WindowCalls, changed by ada,", "line 1");
        users.by("ada").update(present -> present.toBuilder().windowCalls(40).build());
        scheduler.next();
        assertThat(users.snapshot().settings().minimumCalls()).isEqualTo(30);
    }

    @Test
    void defaultsThatContradictEachOtherStayAsTheyWereAndOtherKindsFollow() {
        write("switchgear.default.window-calls=50", "switchgear.default.retry.max-attempts=7");
        scheduler.twice();
        write(
                "switchgear.default.window-calls=10",
                "switchgear.default.minimum-calls=30",
                "switchgear.default.trip-on=CALL_WINDOW",
                "switchgear.default.retry.max-attempts=8");
        scheduler.twice();
        scheduler.twice();
        try (var guard = shop.breakers()
                .<String>guard("fresh")
                .breaker(BreakerSettings.defaults())
                .retry(RetrySettings.defaults())
                .build()) {
            assertThat(guard.breaker().orElseThrow().configuredSettings())
                    .isEqualTo(BreakerSettings.builder().windowCalls(50).build());
            assertThat(guard.retries().orElseThrow().configuredSettings().maxAttempts())
                    .isEqualTo(8);
        }
        assertThat(lines("SGR0066")).singleElement().asString().contains("line 1", "line 2");
    }

    @Test
    void keysThatAreReadAtTheStartAreRefused() {
        write(
                "switchgear.jmx.writable=false",
                "switchgear.breaker.\"users\".critical=true",
                "switchgear.service.\"users\".url=http://elsewhere",
                "SWITCHGEAR_FOLLOW=/etc/passwd");
        scheduler.twice();
        assertThat(lines("SGR0066")).hasSize(4).allMatch(line -> line.contains("is read at the start alone"));
        assertThat(shop.runtime.services().all()).isEmpty();
        assertThat(shop.runtime.isCritical("users")).isFalse();
    }

    @Test
    void windowsThatTakeTooMuchMemoryTogetherAreRefusedAndTheRestFollows() {
        IntStream.range(0, 101).forEach(i -> shop.breakers().create("b" + i, TestShop.SETTINGS));
        write("switchgear.default.window-calls=1000000", THRESHOLD + "=7");
        scheduler.twice();
        scheduler.twice();
        assertThat(shop.breakers().all())
                .allMatch(breaker -> breaker.snapshot().settings().windowCalls() == 100);
        assertThat(threshold()).isEqualTo(7);
        assertThat(lines("SGR0066")).singleElement().asString().contains("but would be 102000000");
        assertThat(shop.breakers()
                        .create("later", TestShop.SETTINGS)
                        .configuredSettings()
                        .windowCalls())
                .isEqualTo(100);
    }

    @Test
    void soAreThoseOfKeysThatDoNotExistYet() {
        var keys = shop.breakers().perKey("tenants", 1_000, TestShop.SETTINGS, FailureRule.ANY);
        write("switchgear.breaker.\"tenants\".window-calls=1000000");
        scheduler.twice();
        assertThat(keys.of("a").snapshot().settings().windowCalls()).isEqualTo(100);
        assertThat(lines("SGR0066")).singleElement().asString().contains("but would be 1000000000");
    }

    @Test
    void manyBadLinesDoNotFillTheLog() throws JMException {
        write(IntStream.range(0, 5_000)
                .mapToObj(i -> "switchgear.breaker.\"b" + i + "\".open-millis=x")
                .toArray(String[]::new));
        scheduler.twice();
        assertThat(log.lines()).hasSizeLessThan(25);
        assertThat((String[]) application("RefusedConfiguration")).hasSize(200);
    }

    @Test
    void badConfigurationInAFileFailsNoDeployment() {
        for (String line : Arrays.asList(
                THRESHOLD + "=none",
                "switchgear.default.trip-on=CALL_WINDOW\nswitchgear.default.minimum-calls=200",
                "switchgear.nonsense=1",
                "bad\\u00escape=1",
                "switchgear.jmx.writable=perhaps")) {
            write(line);
            assertThatCode(this::restart).as(line).doesNotThrowAnyException();
            assertThat(users.configuredSettings()).isEqualTo(TestShop.SETTINGS);
        }
    }
}
