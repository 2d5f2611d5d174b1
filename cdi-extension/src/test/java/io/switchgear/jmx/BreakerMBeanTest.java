package io.switchgear.jmx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.FailureRule;
import io.switchgear.breaker.Breaker;
import io.switchgear.breaker.Permit;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.Setting;
import io.switchgear.settings.TunableKind;
import io.switchgear.store.SavedSettings;
import io.switchgear.time.TestTime;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.InvalidAttributeValueException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import javax.management.ReflectionException;
import javax.management.RuntimeMBeanException;
import javax.management.openmbean.TabularData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BreakerMBeanTest {
    private static final Set<Class<?>> TYPES_OF_ATTRIBUTES =
            Set.of(String.class, Integer.class, Long.class, Double.class, Date.class, String[].class);

    private final MBeanServer server = MBeanServerFactory.newMBeanServer();
    private final BreakerMBeans mbeans = mbeans("shop", true);
    private final TestTime time = new TestTime();
    private final Breaker breaker = new Breaker(
            "OrderService#place(String,int)",
            BreakerSettings.builder().failureThreshold(3).openMillis(10_000).build(),
            FailureRule.ANY,
            time,
            time,
            transition -> {});
    private final ObjectName name;

    BreakerMBeanTest() throws Exception {
        mbeans.add(
                breaker,
                new Origin(
                        () -> List.of("com.example.OrderService#place(java.lang.String,int)"),
                        Map.of(Setting.OPEN_MILLIS, "switchgear.default.open-millis (test)")));
        name = new ObjectName(
                "io.switchgear:type=CircuitBreakers,application=shop,name=\"OrderService#place(String,int)\"");
    }

    private BreakerMBeans mbeans(String application, boolean writable) {
        BreakerMBeans opened = new BreakerMBeans(application, "", "", writable, SavedSettings.none());
        opened.open(server);
        return opened;
    }

    @AfterEach
    void close() {
        mbeans.close();
        assertThat(server.queryNames(null, null))
                .allMatch(left -> left.getDomain().equals("JMImplementation"));
    }

    private Object get(String attribute) throws Exception {
        return server.getAttribute(name, attribute);
    }

    private void set(String attribute, Object value) throws Exception {
        server.setAttribute(name, new Attribute(attribute, value));
    }

    private Object invoke(String operation, Object... parameters) throws Exception {
        return server.invoke(
                name,
                operation,
                parameters,
                Arrays.stream(parameters).map(any -> String.class.getName()).toArray(String[]::new));
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            breaker.acquire().threw(new IOException("secret"), 0);
        }
    }

    private Map<String, Object> all() throws Exception {
        String[] names = Arrays.stream(server.getMBeanInfo(name).getAttributes())
                .map(MBeanAttributeInfo::getName)
                .toArray(String[]::new);
        Map<String, Object> values = new HashMap<>();
        server.getAttributes(name, names)
                .asList()
                .forEach(each -> values.put(
                        each.getName(), each.getValue() instanceof String[] lines ? List.of(lines) : each.getValue()));
        assertThat(values).hasSameSizeAs(names);
        return values;
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
                .containsEntry("LastTrip", "3 consecutive failures (threshold 3), the last with java.io.IOException")
                .containsEntry("LastChange", "")
                .containsEntry("LastRejectedChange", "")
                .containsEntry("Methods", List.of("com.example.OrderService#place(java.lang.String,int)"))
                .containsEntry("ChangedSettings", "")
                .containsEntry(
                        "Transitions",
                        List.of("2026-01-01T00:00:00Z CLOSED to OPEN: "
                                + "3 consecutive failures (threshold 3), the last with java.io.IOException"))
                .containsKeys("Settings", "TransitionTable")
                .hasSize(59);
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

    static List<Setting> settings() {
        return Setting.of(TunableKind.BREAKER);
    }

    @ParameterizedTest
    @MethodSource("settings")
    void everySettingIsAnnouncedWithItsDefaultAndBoundsAndTakesEffect(Setting setting) throws Exception {
        MBeanAttributeInfo info = Arrays.stream(server.getMBeanInfo(name).getAttributes())
                .filter(each -> each.getName().equals(setting.attributeName()))
                .findFirst()
                .orElseThrow();
        assertThat(info.isWritable()).isTrue();
        assertThat(info.getDescriptor().getFieldValue("defaultValue"))
                .hasToString(setting.defaultValue().toString());
        Object wanted;
        if (setting.range() == null) {
            assertThat((String[]) info.getDescriptor().getFieldValue("legalValues"))
                    .containsExactlyElementsOf(setting.legalValues());
            wanted = setting.legalValues().get(1);
        } else {
            assertThat(info.getDescriptor().getFieldValue("minValue"))
                    .isEqualTo(setting.range().min());
            assertThat(info.getDescriptor().getFieldValue("maxValue"))
                    .isEqualTo(setting.range().max());
            assertThat(info.getDescriptor().getFieldValue("units")).isEqualTo(setting.unit());
            boolean isMax = ((Number) get(setting.attributeName())).longValue()
                    == setting.range().max();
            wanted = isMax ? setting.range().min() + 1 : setting.range().max();
        }
        set(setting.attributeName(), wanted);
        assertThat(breaker.snapshot().settings().get(setting)).satisfies(inForce -> {
            if (inForce instanceof Number number) {
                assertThat(number.doubleValue()).isEqualTo(((Number) wanted).doubleValue());
            } else {
                assertThat(inForce).hasToString(wanted.toString());
            }
        });
        assertThat(get(setting.attributeName()))
                .hasToString(breaker.snapshot().settings().get(setting).toString());
        assertThat(get("LastChange").toString()).contains(setting.attributeName() + " from ");
    }

    static Stream<Object> badThresholds() {
        return Stream.of(0, -1, 1_000_001, Long.MAX_VALUE, 2.5, Double.NaN, "", "many", "String", true, List.of(1));
    }

    @ParameterizedTest
    @MethodSource("badThresholds")
    void aRefusedValueIsOneSentenceAndLeavesTheOldOneInPlace(Object value) throws Exception {
        assertThatThrownBy(() -> set("FailureThreshold", value))
                .isExactlyInstanceOf(InvalidAttributeValueException.class)
                .hasMessageStartingWith("FailureThreshold must be a whole number >= 1 and <= 1000000 but was ");
        assertThat(get("FailureThreshold")).isEqualTo(3);
        assertThat(get("LastRejectedChange").toString()).contains("FailureThreshold must be a whole number");
        assertThat(get("LastChange")).isEqualTo("");
    }

    @Test
    void whatStaysTheSameIsNoChange() throws Exception {
        set("FailureThreshold", 3);
        assertThat(get("LastChange")).isEqualTo("");
        invoke("forceOpen", "drill");
        assertThat(get("LastChange").toString()).contains("Z mode FORCED_OPEN: drill, by ");
    }

    @Test
    void nullIsRefused() {
        assertThatThrownBy(() -> set("FailureThreshold", null))
                .isExactlyInstanceOf(InvalidAttributeValueException.class)
                .hasMessageEndingWith("but was null");
        assertThatThrownBy(() -> set("Mode", null))
                .isExactlyInstanceOf(InvalidAttributeValueException.class)
                .hasMessage("Mode must be one of AUTOMATIC, FORCED_OPEN, FORCED_CLOSED, OBSERVING but was null");
    }

    @Test
    void aContradictionNamesBothSettings() throws Exception {
        set("TripOn", "CALL_WINDOW");
        assertThatThrownBy(() -> set("MinimumCalls", 200))
                .isExactlyInstanceOf(InvalidAttributeValueException.class)
                .hasMessage("MinimumCalls must be <= WindowCalls (100) but was 200");
        assertThat(get("MinimumCalls")).isEqualTo(20);
    }

    @Test
    void longTextIsShortenedAndControlCharactersAreStripped() throws Exception {
        assertThatThrownBy(() -> set("FailureThreshold", "1\n2".repeat(10_000)))
                .isExactlyInstanceOf(InvalidAttributeValueException.class)
                .extracting(Throwable::getMessage)
                .satisfies(message ->
                        assertThat(message.toString()).hasSizeLessThan(220).doesNotContain("\n"));
        invoke("forceOpen", "line one\nline two\r\u0007" + "x".repeat(10_000));
        assertThat(get("ModeReason").toString())
                .startsWith("line one line two")
                .hasSizeLessThan(210)
                .doesNotContain("\n");
    }

    @Test
    void severalAttributesAreSetTogetherOrNotAtAll() throws Exception {
        AttributeList good = new AttributeList();
        good.add(new Attribute("WindowCalls", 300));
        good.add(new Attribute("MinimumCalls", 200));
        good.add(new Attribute("TripOn", "CALL_WINDOW"));
        good.add(new Attribute("Mode", "OBSERVING"));
        assertThat(server.setAttributes(name, good)).hasSize(4);
        assertThat(get("MinimumCalls")).isEqualTo(200);
        assertThat(get("Mode")).isEqualTo("OBSERVING");

        List<Object> before = new ArrayList<>(all().values());
        AttributeList bad = new AttributeList();
        bad.add(new Attribute("FailureThreshold", 9));
        bad.add(new Attribute("Mode", "FORCED_OPEN"));
        bad.add(new Attribute("MinimumCalls", 400));
        assertThat(server.setAttributes(name, bad)).isEmpty();
        assertThat(get("FailureThreshold")).isEqualTo(3);
        assertThat(get("Mode")).isEqualTo("OBSERVING");
        assertThat(get("LastRejectedChange").toString())
                .contains("MinimumCalls must be <= WindowCalls (300) but was 400, by ");
        assertThat(before).hasSize(59);
    }

    @ParameterizedTest
    @ValueSource(strings = {"State", "CallsTotal", "FailOn", "NoSuchThing"})
    void whatIsNoSettingCannotBeSet(String attribute) {
        assertThatThrownBy(() -> set(attribute, 1))
                .isExactlyInstanceOf(AttributeNotFoundException.class)
                .hasMessageStartingWith(attribute);
    }

    @Test
    void theModeIsSetAsAnAttributeOrByOperationsWithAReason() throws Exception {
        set("Mode", "FORCED_OPEN");
        assertThat(get("State")).isEqualTo("OPEN");
        invoke("forceClosed", "no harm done");
        assertThat(get("State")).isEqualTo("CLOSED");
        assertThat(get("ModeReason")).isEqualTo("no harm done");
        invoke("observe", "String");
        assertThat(get("Mode")).isEqualTo("OBSERVING");
        assertThat(get("ModeReason")).as("what JConsole prefills is no reason").isEqualTo("");
        invoke("forceOpen", (Object) null);
        invoke("reset");
        assertThat(get("State")).isEqualTo("CLOSED");
        assertThat(get("Mode")).isEqualTo("AUTOMATIC");
    }

    @Test
    void aModeCanEndByItself() throws Exception {
        invoke("forceOpenFor", 30, "maintenance");
        assertThat(get("Mode")).isEqualTo("FORCED_OPEN");
        assertThat(get("ModeUntil")).isEqualTo(Date.from(time.instant().plusSeconds(1_800)));
        assertThat(get("LastChange").toString())
                .contains("mode FORCED_OPEN until 2026-01-01T00:30:00Z: maintenance, by ");
        time.advanceMillis(1_800_000);
        assertThat(get("Mode")).isEqualTo("AUTOMATIC");
        assertThat(get("State")).isEqualTo("HALF_OPEN");
        invoke("forceClosedFor", "5", "String");
        assertThat(get("Mode")).isEqualTo("FORCED_CLOSED");
        assertThat(get("ModeReason")).isEqualTo("");
        time.advanceMillis(300_000);
        fail(3);
        assertThat(get("State")).isEqualTo("OPEN");
        invoke("halfOpenNow");
        assertThat(get("State")).isEqualTo("HALF_OPEN");
    }

    @Test
    void writingTheModeThatIsLeavesItsReasonAndItsEnd() throws Exception {
        invoke("forceOpenFor", 30, "maintenance");
        Object until = get("ModeUntil");
        set("Mode", "FORCED_OPEN");
        assertThat(get("ModeUntil")).isEqualTo(until);
        assertThat(get("ModeReason")).isEqualTo("maintenance");
    }

    static Stream<Object> badMinutes() {
        return Stream.of(0, -1, 10_081, Long.MAX_VALUE, "soon", "", 1.5, Double.NaN);
    }

    @ParameterizedTest
    @MethodSource("badMinutes")
    void minutesOutOfRangeAreRefusedWithASentence(Object minutes) throws Exception {
        assertThatThrownBy(() -> invoke("forceOpenFor", minutes, "drill"))
                .isExactlyInstanceOf(RuntimeMBeanException.class)
                .cause()
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("minutes must be a whole number >= 1 and <= 10080 but was ");
        assertThat(get("Mode")).isEqualTo("AUTOMATIC");
        assertThat(get("LastRejectedChange").toString()).contains("minutes must be");
    }

    @Test
    void anUnknownOperationIsRefusedByName() {
        assertThatThrownBy(() -> invoke("explode"))
                .isExactlyInstanceOf(ReflectionException.class)
                .hasRootCauseMessage("A breaker has no operation explode with 0 parameters");
        assertThatThrownBy(() -> invoke("forceOpen", "two", "reasons")).isExactlyInstanceOf(ReflectionException.class);
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
