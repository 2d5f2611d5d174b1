// SPDX-License-Identifier: Apache-2.0
package io.switchgear.jmx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.FailureRule;
import io.switchgear.breaker.Breaker;
import io.switchgear.breaker.Permit;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.store.SavedSettings;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.ObjectName;
import javax.management.openmbean.TabularData;
import org.junit.jupiter.api.Test;

/** Which attributes a breaker's MBean has, their values, and its name. */
class BreakerMBeanTest extends BreakerMBeanTestCase {
    private static final Set<Class<?>> TYPES_OF_ATTRIBUTES =
            Set.of(String.class, Integer.class, Long.class, Double.class, Date.class, String[].class);

    private BreakerMBeans mbeans(String application, boolean writable) {
        BreakerMBeans opened = new BreakerMBeans(application, "", writable, SavedSettings.none(), Runnable::run);
        opened.open(server, "");
        return opened;
    }

    @Test
    void everyAttributeShowsWhatHappened() throws Exception {
        breaker.run(() -> {});
        breaker.acquire().ignored(0);
        Permit late = breaker.acquire();
        breaker.acquire();
        fail(3);
        late.returned("", 0);
        assertThatThrownBy(breaker::acquire).isNotNull();
        time.advanceMillis(1_000);
        Map<String, Object> values = all();
        assertThat(values)
                .containsEntry("State", "OPEN")
                .containsEntry("StateCode", 2)
                .containsEntry("StateSince", Date.from(time.instant().minusMillis(1_000)))
                .containsEntry("OpenRemainingMillis", 9_000L)
                .containsEntry("Mode", "AUTOMATIC")
                .containsEntry("ModeReason", "")
                .containsEntry("TripOn", "CONSECUTIVE_FAILURES")
                .containsEntry("FailureThreshold", 3)
                .containsEntry("WindowCalls", 100)
                .containsEntry("WindowMillis", 10_000L)
                .containsEntry("SlowCallMillis", 0L)
                .containsEntry("SlowCallRateThresholdPercent", 100.0)
                .containsEntry("OpenBackoffFactor", 1.0)
                .containsEntry("OpenMaxMillis", 600_000L)
                .containsEntry("OpenJitterPercent", 0.0)
                .containsEntry("MaxConcurrentCalls", 0)
                .containsEntry("ModeUntil", null)
                .containsEntry("SlowCallRatePercent", Double.NaN)
                .containsEntry("WindowSlowCalls", 0)
                .containsEntry("OldestCallMillis", -1L)
                .containsEntry("SlowCallsTotal", 0L)
                .containsEntry("ObservedRejectedTotal", 0L)
                .containsEntry("ObservedOpenedTotal", 0L)
                .containsEntry("FailWhen", "")
                .containsEntry("MinimumCalls", 20)
                .containsEntry("FailureRateThresholdPercent", 50.0)
                .containsEntry("OpenMillis", 10_000L)
                .containsEntry("SuccessThreshold", 3)
                .containsEntry("HalfOpenMaxCalls", 3)
                .containsEntry("TrialTimeoutMillis", 60_000L)
                .containsEntry("FailureRatePercent", Double.NaN)
                .containsEntry("ConsecutiveFailures", 0)
                .containsEntry("WindowOutcomes", 0)
                .containsEntry("WindowFailures", 0)
                .containsEntry("CallsInFlight", 1L)
                .containsEntry("WaitingCalls", 0)
                .containsEntry("LongestWaitMillis", 0L)
                .containsEntry("TrialsInFlight", 0)
                .containsEntry("CallsTotal", 7L)
                .containsEntry("SuccessesTotal", 2L)
                .containsEntry("FailuresTotal", 3L)
                .containsEntry("IgnoredTotal", 1L)
                .containsEntry("RejectedTotal", 1L)
                .containsEntry("RejectedReasons", "OPEN 1")
                .containsEntry("FallbacksTotal", 0L)
                .containsEntry("NotClosedSince", Date.from(time.instant().minusMillis(1_000)))
                .containsEntry("CallTimer", "OFF")
                .containsEntry("OpenedTotal", 1L)
                .containsEntry("LateOutcomesTotal", 1L)
                .containsEntry("FailOn", "java.lang.Throwable")
                .containsEntry("SkipOn", "")
                .containsEntry("LastFailure", "java.io.IOException")
                .containsEntry("LastFailureTime", Date.from(time.instant().minusMillis(1_000)))
                .containsEntry(
                        "LastTrip",
                        "3 consecutive failures (threshold 3), after 1 call that succeeded, the last with java.io.IOException")
                .containsEntry("LastChange", "")
                .containsEntry("LastRefusedChange", "")
                .containsEntry("Methods", List.of("com.example.OrderService#place(java.lang.String,int)"))
                .containsEntry("ChangedSettings", "")
                .containsEntry(
                        "Transitions",
                        List.of(
                                "2026-01-01T00:00:00Z CLOSED to OPEN: "
                                        + "3 consecutive failures (threshold 3), after 1 call that succeeded, the last with java.io.IOException"))
                .containsKeys("Settings", "TransitionTable")
                .hasSize(86);
        assertThat(values.toString()).doesNotContain("secret");
    }

    @Test
    void aWindowAndTrialsAreShown() throws Exception {
        set("TripOn", "CALL_WINDOW");
        set("MinimumCalls", 4);
        fail(1);
        for (int i = 0; i < 3; i++) {
            breaker.run(() -> {});
        }
        fail(1);
        assertThat(all())
                .containsEntry("WindowOutcomes", 5)
                .containsEntry("WindowFailures", 2)
                .containsEntry("FailureRatePercent", 40.0)
                .containsEntry("ConsecutiveFailures", 1);
        invoke("forceOpen", "drill");
        assertThat(all())
                .containsEntry("Mode", "FORCED_OPEN")
                .containsEntry("ModeReason", "drill")
                .containsEntry("OpenRemainingMillis", -1L);
        invoke("automatic");
        breaker.acquire();
        assertThat(all()).containsEntry("State", "HALF_OPEN").containsEntry("TrialsInFlight", 1);
    }

    @Test
    void readingChangesNothing() throws Exception {
        fail(3);
        time.advanceMillis(10_000);
        Map<String, Object> before = all();
        for (int i = 0; i < 1_000; i++) {
            assertThat(all()).isEqualTo(before);
        }
        assertThat(before).containsEntry("State", "HALF_OPEN").containsEntry("OpenRemainingMillis", 0L);
    }

    @Test
    void everyAttributeIsAnnouncedAsAPlainTypeWithADescription() throws Exception {
        MBeanInfo info = server.getMBeanInfo(name);
        for (MBeanAttributeInfo attribute : info.getAttributes()) {
            assertThat(attribute.getType())
                    .isIn(
                            "int",
                            "long",
                            "double",
                            String.class.getName(),
                            Date.class.getName(),
                            String[].class.getName(),
                            TabularData.class.getName());
            assertThat(attribute.getDescription()).hasSizeGreaterThan(10);
            Object value = get(attribute.getName());
            assertThat(value == null || value instanceof TabularData || TYPES_OF_ATTRIBUTES.contains(value.getClass()))
                    .isTrue();
        }
    }

    @Test
    void aNameThatIsTakenGetsANumberAndNothingFails() {
        BreakerMBeans other = mbeans("shop", true);
        other.add(breaker, Origin.CODE);
        assertThat(server.queryNames(null, null))
                .extracting(ObjectName::getCanonicalName)
                .anyMatch(each -> each.contains("instance=2"));
        other.close();
        other.close();
        assertThat(server.isRegistered(name)).isTrue();
    }

    @Test
    void anyNameOfABreakerOrApplicationCanBeRegistered() {
        BreakerMBeans odd = mbeans("a,b=\"c\"*?\n", true);
        odd.add(
                new Breaker("x\n\"y\",z=*?", BreakerSettings.defaults(), FailureRule.ANY, transition -> {}),
                Origin.CODE);
        assertThat(server.queryNames(null, null))
                .extracting(each -> each.getKeyProperty("name"))
                .contains(ObjectName.quote("x\n\"y\",z=*?"));
        odd.close();
    }
}
