// SPDX-License-Identifier: Apache-2.0
package io.switchgear.jmx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.FailureRule;
import io.switchgear.breaker.Breaker;
import io.switchgear.guard.Bulkhead;
import io.switchgear.guard.Fallback;
import io.switchgear.guard.Retry;
import io.switchgear.guard.TimeLimit;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.BulkheadSettings;
import io.switchgear.settings.FallbackSettings;
import io.switchgear.settings.RetrySettings;
import io.switchgear.settings.Setting;
import io.switchgear.settings.SettingsStore;
import io.switchgear.settings.TimeLimitSettings;
import io.switchgear.settings.TunableKind;
import io.switchgear.store.SavedSettings;
import io.switchgear.time.JdkScheduler;
import io.switchgear.time.Time;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import javax.management.Attribute;
import javax.management.AttributeChangeNotification;
import javax.management.AttributeList;
import javax.management.InvalidAttributeValueException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.Notification;
import javax.management.ObjectName;
import javax.management.openmbean.TabularData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The MBeans of retries, fallbacks, time limits and bulkheads. */
class LayerMBeanTest {
    private final MBeanServer server = MBeanServerFactory.newMBeanServer();
    private final Retry retry = new Retry("orders", RetrySettings.defaults(), FailureRule.ANY, Time.SYSTEM);
    private final Fallback<String> fallback = new Fallback<>(
            "orders", FallbackSettings.defaults(), FailureRule.ANY, "test", (call, failure, attempts) -> "B");
    private final Bulkhead bulkhead =
            new Bulkhead("orders", BulkheadSettings.defaults(), Time.SYSTEM.with(new JdkScheduler()));
    private final TimeLimit limit =
            new TimeLimit("orders", TimeLimitSettings.defaults(), Time.SYSTEM.with(new JdkScheduler()));
    private BreakerMBeans mbeans;

    @AfterEach
    void close() {
        mbeans.close();
    }

    private void open(boolean writable, SavedSettings saved) {
        mbeans = new BreakerMBeans("shop", "", writable, saved, Runnable::run);
        mbeans.add(retry, Origin.CODE);
        mbeans.add(bulkhead, Origin.CODE);
        mbeans.open(server, "");
        mbeans.add(fallback, Origin.CODE);
        mbeans.add(limit, Origin.CODE);
    }

    private static ObjectName name(String type) throws Exception {
        return new ObjectName("io.switchgear:type=" + type + ",application=shop,name=\"orders\"");
    }

    @Test
    void aBulkheadShowsTheCallsThatRunAndWait() throws Exception {
        open(true, SavedSettings.none());
        ObjectName name = name("Bulkheads");
        server.setAttribute(name, new Attribute("MaxConcurrentCalls", 1));
        server.setAttribute(name, new Attribute("MaxWaitingCalls", 1));
        List<CompletableFuture<Object>> stages = List.of(new CompletableFuture<>(), new CompletableFuture<>());
        for (CompletableFuture<Object> stage : stages) {
            assertThat((CompletableFuture<?>) bulkhead.runAsync(each -> stage, "", Runnable::run))
                    .isNotDone();
        }
        assertThat((CompletableFuture<?>) bulkhead.runAsync(each -> "no", "", Runnable::run))
                .isCompletedExceptionally();
        assertThat(server.getAttribute(name, "CallsInFlight")).isEqualTo(1);
        assertThat(server.getAttribute(name, "WaitingCalls")).isEqualTo(1);
        assertThat((long) server.getAttribute(name, "LongestWaitMillis")).isNotNegative();
        assertThat(server.getAttribute(name, "AdmittedTotal")).isEqualTo(1L);
        assertThat(server.getAttribute(name, "RejectedTotal")).isEqualTo(1L);
        server.setAttribute(name, new Attribute("MaxConcurrentCalls", 2));
        assertThat(server.getAttribute(name, "CallsInFlight")).isEqualTo(2);
        assertThat(server.getAttribute(name, "WaitingCalls")).isEqualTo(0);
        assertThat(server.getAttribute(name, "LongestWaitMillis")).isEqualTo(0L);
    }

    @Test
    void eachSettingIsAnnouncedWithItsBoundsAndTakesThem() throws Exception {
        open(true, SavedSettings.none());
        for (TunableKind kind :
                List.of(TunableKind.RETRY, TunableKind.FALLBACK, TunableKind.TIME_LIMIT, TunableKind.BULKHEAD)) {
            ObjectName name = name(kind.plural());
            Map<String, MBeanAttributeInfo> infos = new HashMap<>();
            Arrays.stream(server.getMBeanInfo(name).getAttributes()).forEach(info -> infos.put(info.getName(), info));
            for (Setting setting : Setting.of(kind)) {
                MBeanAttributeInfo info = infos.get(setting.attributeName());
                assertThat(info.isWritable()).as(setting.attributeName()).isTrue();
                assertThat(info.getDescriptor().getFieldValue("defaultValue"))
                        .hasToString(setting.defaultValue().toString());
                if (setting.range() != null) {
                    assertThat(info.getType()).isEqualTo(setting.type().getName());
                    assertThat(info.getDescriptor().getFieldValue("maxValue"))
                            .isEqualTo(setting.range().max());
                    assertThatThrownBy(() -> server.setAttribute(
                                    name,
                                    new Attribute(
                                            setting.attributeName(),
                                            setting.range().max() + 1)))
                            .isInstanceOf(InvalidAttributeValueException.class)
                            .hasMessageStartingWith(setting.attributeName() + " must be ");
                } else {
                    assertThat(info.getType()).isEqualTo("java.lang.String");
                }
                server.setAttribute(
                        name,
                        new Attribute(setting.attributeName(), server.getAttribute(name, setting.attributeName())));
            }
            assertThat(((TabularData) server.getAttribute(name, "Settings")).size())
                    .isEqualTo(Setting.of(kind).size());
        }
    }

    @Test
    void everyAttributeCanBeReadAndSaysWhatItIs() throws Exception {
        open(true, SavedSettings.none());
        fallback.by("alice").update(now -> now.onlyWhenOpen(true));
        for (String type : List.of("Retries", "Fallbacks", "TimeLimits")) {
            String[] names = Arrays.stream(server.getMBeanInfo(name(type)).getAttributes())
                    .map(MBeanAttributeInfo::getName)
                    .toArray(String[]::new);
            assertThat(server.getAttributes(name(type), names)).hasSize(names.length);
        }
        assertThat(server.getAttribute(name("Retries"), "BudgetBalance")).isEqualTo(10L);
        assertThat(server.getAttribute(name("TimeLimits"), "OverdueCalls")).isEqualTo(0L);
        assertThat(server.getAttribute(name("Fallbacks"), "OnlyWhenOpen")).isEqualTo("true");
        assertThat(server.getAttribute(name("Fallbacks"), "ChangedSettings"))
                .isEqualTo("OnlyWhenOpen=true (configured false, changed by alice)");
        assertThat(server.getAttribute(name("Fallbacks"), "LastChange"))
                .asString()
                .endsWith("OnlyWhenOpen from false to true, by alice");
    }

    @Test
    void changesAreSentToSubscribersHereAndAbove() throws Exception {
        open(true, SavedSettings.none());
        List<Notification> here = new ArrayList<>();
        List<Notification> above = new ArrayList<>();
        server.addNotificationListener(name("Retries"), (notice, back) -> here.add(notice), null, null);
        ObjectName all = new ObjectName("io.switchgear:type=CircuitBreakers,application=shop");
        server.addNotificationListener(all, (notice, back) -> above.add(notice), null, null);
        server.setAttribute(name("Retries"), new Attribute("MaxAttempts", "7"));
        retry.by("code").revertSettings();
        assertThat(here).hasSize(2).allMatch(AttributeChangeNotification.class::isInstance);
        assertThat(here.get(0).getMessage()).startsWith("orders: MaxAttempts from 3 to 7, by ");
        assertThat(here.get(1).getMessage()).isEqualTo("orders: MaxAttempts from 7 to 3, by code");
        assertThat(above)
                .extracting(Notification::getMessage)
                .containsExactly(here.get(0).getMessage(), here.get(1).getMessage());
        assertThat(above).extracting(Notification::getSource).containsOnly(all);
    }

    @Test
    void severalAttributesAreSetTogetherOrNotAtAll() throws Exception {
        open(true, SavedSettings.none());
        AttributeList contradiction =
                new AttributeList(List.of(new Attribute("MaxAttempts", 5), new Attribute("DelayMillis", 20_000)));
        assertThat(server.setAttributes(name("Retries"), contradiction)).isEmpty();
        assertThat(retry.snapshot().settings()).isEqualTo(RetrySettings.defaults());
        assertThat(server.getAttribute(name("Retries"), "LastRefusedChange"))
                .asString()
                .contains("MaxDelayMillis must be >= DelayMillis (20000) but was 10000, the default");
    }

    @Test
    void nothingCanBeChangedWhereThatIsForbidden() throws Exception {
        open(false, SavedSettings.none());
        assertThatThrownBy(() -> server.setAttribute(name("Retries"), new Attribute("MaxAttempts", 5)))
                .hasMessage("switchgear.jmx.writable is false: nothing can be changed through JMX");
        assertThat(server.getMBeanInfo(name("Retries")).getAttributes()).noneMatch(MBeanAttributeInfo::isWritable);
    }

    @Test
    void aLayerThatIsRemovedIsGoneAndTheOthersStay() throws Exception {
        open(true, SavedSettings.none());
        mbeans.remove(retry);
        assertThat(server.isRegistered(name("Retries"))).isFalse();
        assertThat(server.isRegistered(name("Fallbacks"))).isTrue();
        mbeans.close();
        assertThat(server.queryNames(new ObjectName("io.switchgear:*"), null)).isEmpty();
    }

    /** Keeps what is saved. */
    private static final class Shelf implements SettingsStore {
        private final Map<String, Map<Setting, String>> kept = new HashMap<>();

        @Override
        public Map<String, Map<Setting, String>> load() {
            return kept;
        }

        @Override
        public void save(Map<String, Map<Setting, String>> byName) {
            kept.putAll(byName);
        }

        @Override
        public Set<String> forget(Predicate<String> name) {
            return Set.of();
        }

        @Override
        public String description() {
            return "a shelf";
        }
    }

    @Test
    void savingOneOfANameLosesNothingOfTheOthers() throws Exception {
        Shelf shelf = new Shelf();
        SavedSettings saved = SavedSettings.in(shelf, true);
        Breaker breaker = new Breaker("orders", BreakerSettings.defaults(), FailureRule.ANY, transition -> {});
        saved.applyTo(breaker);
        saved.applyTo(retry);
        open(true, saved);
        breaker.by("code").update(now -> now.toBuilder().openMillis(5).build());
        server.setAttribute(name("Retries"), new Attribute("MaxAttempts", 5));
        assertThat(shelf.kept).isEqualTo(Map.of("orders", Map.of(Setting.OPEN_MILLIS, "5", Setting.MAX_ATTEMPTS, "5")));
        Retry next = new Retry("orders", RetrySettings.defaults(), FailureRule.ANY, Time.SYSTEM);
        SavedSettings.in(shelf, true).applyTo(next);
        assertThat(next.snapshot().settings().maxAttempts()).isEqualTo(5);
    }
}
