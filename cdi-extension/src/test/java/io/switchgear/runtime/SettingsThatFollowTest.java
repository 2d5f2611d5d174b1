// SPDX-License-Identifier: Apache-2.0
package io.switchgear.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.FailureRule;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.BulkheadSettings;
import io.switchgear.settings.RetrySettings;
import io.switchgear.settings.TimeLimitSettings;
import io.switchgear.settings.TripOn;
import io.switchgear.status.CircuitTransition;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.management.JMException;
import org.junit.jupiter.api.Test;

/** A file of configuration that is followed: what a change of it does to breakers and layers. */
class SettingsThatFollowTest extends FollowingTestCase {
    @Test
    void aChangedValueIsInForceWhenTwoLooksHaveFoundIt() {
        write(THRESHOLD + "=7");
        scheduler.next();
        assertThat(threshold()).isEqualTo(3);
        assertThat(scheduler.waiting.values()).containsExactly(Duration.ofSeconds(1));
        scheduler.next();
        assertThat(threshold()).isEqualTo(7);
        assertThat(configuredThreshold()).isEqualTo(7);
        assertThat(users.snapshot().changedBy()).isEmpty();
        assertThat(scheduler.waiting.values()).containsExactly(Duration.ofSeconds(30));
    }

    @Test
    void countersAndWindowsAreKept() throws Exception {
        fail(2);
        users.call(() -> "");
        fail(2);
        write("switchgear.default.failure-threshold=4", "switchgear.default.open-millis=5000");
        scheduler.twice();
        assertThat(users.snapshot().failures()).isEqualTo(4);
        assertThat(users.snapshot().successes()).isEqualTo(1);
        fail(1);
        assertThat(users.snapshot().opened()).isZero();
        fail(1);
        assertThat(users.snapshot().opened())
                .as("two before the change and two after it")
                .isEqualTo(1);
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            assertThatThrownBy(() -> users.call(() -> {
                        throw new IllegalStateException("down");
                    }))
                    .hasMessage("down");
        }
    }

    @Test
    void theOutcomesOfACallWindowAreKept() throws Exception {
        users = shop.breakers()
                .create(
                        "window",
                        BreakerSettings.builder()
                                .tripOn(TripOn.CALL_WINDOW)
                                .windowCalls(10)
                                .minimumCalls(10)
                                .failureRateThresholdPercent(40)
                                .build());
        for (int i = 0; i < 5; i++) {
            users.call(() -> "");
        }
        fail(4);
        write("switchgear.breaker.\"window\".minimum-calls=9");
        scheduler.twice();
        assertThat(users.snapshot().opened()).as("a change never opens").isZero();
        users.call(() -> "");
        assertThat(users.snapshot().opened())
                .as("judged with the outcomes before")
                .isEqualTo(1);
    }

    @Test
    void aChangeHasAnAuthorAnAuditLineAndAnEventAndCanBeUndone() throws JMException {
        List<CircuitTransition> events = new ArrayList<>();
        users.listen(events::add);
        write("", THRESHOLD + "=7");
        scheduler.twice();
        String author = "configuration " + THRESHOLD + " (" + file + ", line 2)";
        assertThat(events)
                .singleElement()
                .returns(author.length() <= 200 ? author : author.substring(0, 200) + "...", CircuitTransition::by);
        assertThat(lines("SGR0005"))
                .singleElement()
                .asString()
                .startsWith("INFO SGR0005: users: FailureThreshold from 3 to 7, by configuration " + THRESHOLD);
        assertThat(users.snapshot().lastChange()).contains("FailureThreshold from 3 to 7, by configuration");
        assertThat(application("LastFollowedChange").toString())
                .endsWith("changed users: FailureThreshold from 3 to 7");
        users.by("ada").undoLastChange();
        assertThat(threshold()).isEqualTo(3);
        assertThat(configuredThreshold()).isEqualTo(7);
        assertThat(users.snapshot().changedBy().values()).containsExactly("ada");
        scheduler.twice();
        assertThat(threshold()).as("what an operator does stays").isEqualTo(3);
        users.by("ada").revertSettings();
        assertThat(threshold()).isEqualTo(7);
        assertThat(users.snapshot().changedBy()).isEmpty();
    }

    @Test
    void theOriginInJmxFollows() throws JMException {
        write("switchgear.default.failure-threshold=7");
        scheduler.twice();
        assertThat(TestShop.get("CircuitBreakers", "users", "Settings").toString())
                .contains("switchgear.default.failure-threshold (" + file + ", line 1)");
    }

    @Test
    void aKeyThatGoesGivesBackWhatWasBelowIt() {
        write("switchgear.default.failure-threshold=9", THRESHOLD + "=7");
        scheduler.twice();
        assertThat(threshold()).isEqualTo(7);
        write("switchgear.default.failure-threshold=9");
        scheduler.twice();
        assertThat(threshold()).isEqualTo(9);
        write("# none");
        scheduler.twice();
        assertThat(threshold()).isEqualTo(3);
        assertThat(users.snapshot().lastChange())
                .endsWith("by configuration switchgear.default.failure-threshold (" + file + ", line 1) removed");
    }

    @Test
    void whatAnOperatorHasChangedStaysAndBothAreShown() throws JMException {
        users.by("ada")
                .update(present -> present.toBuilder().failureThreshold(20).build());
        write(THRESHOLD + "=7", "switchgear.default.open-millis=5000");
        scheduler.twice();
        assertThat(threshold()).isEqualTo(20);
        assertThat(users.snapshot().settings().openMillis())
                .as("the rest follows")
                .isEqualTo(5_000);
        assertThat(TestShop.get("CircuitBreakers", "users", "ChangedSettings"))
                .isEqualTo("FailureThreshold=20 (configured 7, changed by ada, not saved)");
        assertThat(lines("SGR0068"))
                .singleElement()
                .asString()
                .contains("users: ", "FailureThreshold is 20, changed by ada, and is now 7 in configuration");
        users.by("ada").revertSettings();
        assertThat(threshold()).isEqualTo(7);
    }

    @Test
    void theUndoOfAnOperatorsChangeGoesToWhatIsConfiguredNow() {
        users.by("ada")
                .update(present -> present.toBuilder().failureThreshold(20).build());
        write(THRESHOLD + "=7");
        scheduler.twice();
        users.by("ada").undoLastChange();
        assertThat(threshold()).isEqualTo(7);
        assertThat(users.snapshot().changedBy()).isEmpty();
    }

    @Test
    void allKindsFollowAndSoDoGroupsAndLaterBreakers() throws Exception {
        shop.runtime.services().add("stock", URI.create("http://stock"));
        var keys = shop.breakers().perKey("tenants", 10, TestShop.SETTINGS, FailureRule.ANY);
        var first = keys.of("first");
        try (var guard = shop.breakers()
                .<String>guard("orders")
                .breaker(TestShop.SETTINGS)
                .timeLimit(TimeLimitSettings.defaults())
                .bulkhead(BulkheadSettings.defaults())
                .retry(RetrySettings.defaults())
                .fallback(failed -> "")
                .build()) {
            write(
                    "switchgear.default.retry.max-attempts=9",
                    "switchgear.time-limit.\"ord*\".limit-millis=222",
                    "switchgear.bulkhead.\"orders\".max-concurrent-calls=33",
                    "switchgear.fallback.\"orders\".ttl-millis=1234",
                    "switchgear.service.\"stock\".request-timeout-millis=777",
                    "switchgear.breaker.\"tenants\".failure-threshold=8",
                    "switchgear.breaker.\"later\".failure-threshold=6");
            scheduler.twice();
            assertThat(guard.retries().orElseThrow().snapshot().settings().maxAttempts())
                    .isEqualTo(9);
            assertThat(guard.timeLimits().orElseThrow().settings().limitMillis())
                    .isEqualTo(222);
            assertThat(guard.bulkheads().orElseThrow().settings().maxConcurrentCalls())
                    .isEqualTo(33);
            assertThat(guard.fallbacks().orElseThrow().configuredSettings().ttlMillis())
                    .isEqualTo(1_234);
            assertThat(shop.runtime
                            .services()
                            .find("stock")
                            .orElseThrow()
                            .configuredSettings()
                            .requestTimeoutMillis())
                    .isEqualTo(777);
            assertThat(first.snapshot().settings().failureThreshold()).isEqualTo(8);
            assertThat(keys.of("second").snapshot().settings().failureThreshold())
                    .isEqualTo(8);
            assertThat(shop.breakers()
                            .create("later", TestShop.SETTINGS)
                            .configuredSettings()
                            .failureThreshold())
                    .isEqualTo(6);
        }
    }

    @Test
    void aPatternSwitchesOffAndOnWhatItMatches() throws Exception {
        write("switchgear.breaker.\"us*\".enabled=false");
        scheduler.twice();
        fail(5);
        assertThat(users.snapshot().settings().enabled()).isFalse();
        assertThat(users.snapshot().opened()).isZero();
        write("# none");
        scheduler.twice();
        assertThat(users.snapshot().settings().enabled()).isTrue();
        fail(3);
        assertThat(users.snapshot().opened()).isEqualTo(1);
    }

    @Test
    void patternsThatContradictEachOtherAreRefusedAndTheOldValueStays() throws JMException {
        write("switchgear.breaker.\"us*\".failure-threshold=7");
        scheduler.twice();
        write("switchgear.breaker.\"us*\".failure-threshold=8", "switchgear.breaker.\"*rs\".failure-threshold=9");
        scheduler.twice();
        scheduler.twice();
        assertThat(threshold()).isEqualTo(7);
        assertThat(lines("SGR0066"))
                .singleElement()
                .asString()
                .contains("are equally specific for \"users\"", file + ", line 1", file + ", line 2");
    }

    @Test
    void aWrongValueOfAPatternIsRefusedOnce() {
        write("switchgear.breaker.\"us*\".failure-threshold=none");
        scheduler.twice();
        scheduler.twice();
        assertThat(threshold()).isEqualTo(3);
        assertThat(lines("SGR0066")).singleElement().asString().contains("us*", file + ", line 1", "none");
    }

    @Test
    void aNameCanBeUsedAgainWithWhatItWasCreatedFrom() {
        write(THRESHOLD + "=7");
        scheduler.twice();
        assertThat(shop.breakers().create("users", TestShop.SETTINGS)).isSameAs(users);
        var pool = shop.breakers().perKey("keys", 10, TestShop.SETTINGS, FailureRule.ANY);
        write("switchgear.default.failure-threshold=11");
        scheduler.twice();
        assertThat(shop.breakers().perKey("keys", 10, TestShop.SETTINGS, FailureRule.ANY))
                .isSameAs(pool);
        assertThatThrownBy(() -> shop.breakers().create("users", BreakerSettings.defaults()))
                .hasMessageContaining("openMillis is 86400000 there and 60000 here");
    }

    @Test
    void systemPropertiesFollowToo() {
        String key = "switchgear.breaker.\"users\".open-millis";
        System.setProperty(key, "4321");
        try {
            scheduler.next();
            assertThat(users.snapshot().settings().openMillis()).isEqualTo(4_321);
        } finally {
            System.clearProperty(key);
        }
        scheduler.next();
        assertThat(users.snapshot().settings().openMillis()).isEqualTo(86_400_000);
    }

    @Test
    void aNewNameThatDoesNotExistIsLoggedOnce() {
        write("switchgear.breaker.\"usrs\".failure-threshold=7");
        scheduler.twice();
        scheduler.twice();
        write("switchgear.breaker.\"usrs\".failure-threshold=8");
        scheduler.twice();
        assertThat(lines("SGR0015")).singleElement().asString().contains("did you mean \"users\"?");
    }

    @Test
    void anOperatorCanLookAtOnceAndSeesWhatIsFollowed() throws JMException {
        write(THRESHOLD + "=7");
        assertThat(lookNow()).isEqualTo("changed users: FailureThreshold from 3 to 7");
        assertThat(threshold()).isEqualTo(7);
        assertThat(lookNow()).isEqualTo("nothing has changed");
        assertThat(application("LastLook").toString()).endsWith("nothing has changed");
        assertThat(application("FollowedFiles")).isEqualTo(new String[] {file.toString()});
        assertThat(lines("looked at configuration: changed users")).hasSize(1);
    }

    @Test
    void manyChangesLeaveNoMoreBehindThanTheLastTwenty() {
        for (int i = 1; i <= 100; i++) {
            write(THRESHOLD + "=" + i);
            scheduler.twice();
        }
        assertThat(threshold()).isEqualTo(100);
        for (int i = 0; i < 20; i++) {
            users.undoLastChange();
        }
        assertThat(threshold()).isEqualTo(80);
        assertThatThrownBy(users::undoLastChange).hasMessage("no change of settings is left to undo");
    }

    @Test
    void theFirstReadingHasEffectAtTheStart() {
        write(THRESHOLD + "=7");
        restart();
        assertThat(configuredThreshold()).isEqualTo(7);
        restart("switchgear.breaker.\"users\".failure-threshold", "5");
        assertThat(configuredThreshold())
                .as("a file is stronger than other sources")
                .isEqualTo(7);
    }

    @Test
    void withoutSecondsTheFilesAreReadOnce() {
        assertThatThrownBy(() -> new TestShop(Map.of("switchgear.follow", file.toString())))
                .hasMessage("switchgear.follow (system property) needs switchgear.follow-seconds, which is not"
                        + " configured; 0 reads the files once");
        write(THRESHOLD + "=7");
        restart("switchgear.follow-seconds", "0");
        assertThat(configuredThreshold()).isEqualTo(7);
        assertThat(scheduler.waiting).isEmpty();
    }
}
