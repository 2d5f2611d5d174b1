package io.switchgear.it.wildfly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.it.wildfly.Console.BreakerMBean;
import io.switchgear.settings.Setting;
import io.switchgear.settings.TunableKind;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.InvalidAttributeValueException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanOperationInfo;
import javax.management.ObjectName;
import javax.management.openmbean.TabularData;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Attributes and operations as an operator uses them over WildFly's remote connector, with the example. */
@ArquillianTest
class ConsoleIT {
    private static final String USER = "users/1";
    private static final Map<String, Class<?>> TYPES = Map.of(
            "int",
            Integer.class,
            "long",
            Long.class,
            "double",
            Double.class,
            "java.lang.String",
            String.class,
            "java.util.Date",
            Date.class,
            String[].class.getName(),
            String[].class,
            TabularData.class.getName(),
            TabularData.class);

    private static Console console;

    private BreakerMBean users;
    private BreakerMBean catalogue;
    private AttributeList settingsOfUsers;
    private AttributeList settingsOfCatalogue;

    @Deployment(testable = false)
    static WebArchive shop() {
        return Archives.shop();
    }

    @BeforeAll
    static void emptyTheShop() throws Exception {
        console = Console.connect();
        Shop.empty(console);
    }

    @AfterAll
    static void disconnect() throws Exception {
        console.close();
    }

    @BeforeEach
    void everythingWorks() throws Exception {
        Shop.mendBackend();
        users = console.breaker(Shop.APPLICATION, "Users#find(long)");
        catalogue = console.breaker(Shop.APPLICATION, "catalogue");
        List<String> settings = Setting.of(TunableKind.BREAKER).stream()
                .map(Setting::attributeName)
                .toList();
        settingsOfUsers = users.all(settings);
        settingsOfCatalogue = catalogue.all(settings);
    }

    @AfterEach
    void asDeployed() throws Exception {
        users.setAll(settingsOfUsers);
        catalogue.setAll(settingsOfCatalogue);
        for (BreakerMBean breaker : List.of(users, catalogue)) {
            breaker.run("automatic");
            breaker.run("reset");
        }
    }

    @Test
    void theBreakersOfTheShopAreFoundByApplicationAndName() throws Exception {
        assertThat(console.breakers(Shop.APPLICATION))
                .contains(
                        new ObjectName("io.switchgear:type=CircuitBreakers,application=shop,name=\"Users#find(long)\""),
                        new ObjectName(
                                "io.switchgear:type=CircuitBreakers,application=shop,name=\"Products#find(long)\""),
                        new ObjectName("io.switchgear:type=CircuitBreakers,application=shop,name=\"catalogue\""),
                        new ObjectName("io.switchgear:type=CircuitBreakers,application=shop,name=\"loyalty-points\""))
                .hasSize(6);
        assertThat(console.breakers())
                .contains(
                        new ObjectName("io.switchgear:type=Retries,application=shop,name=\"orders\""),
                        new ObjectName("io.switchgear:type=Fallbacks,application=shop,name=\"Users#points(long)\""),
                        new ObjectName("io.switchgear:type=Fallbacks,application=shop,name=\"Products#find(long)\""),
                        new ObjectName("io.switchgear:type=Services,application=shop,name=\"payments\""));
    }

    @Test
    void theNodeAboveThemRepresentsAllOfThem() throws Exception {
        BreakerMBean all = console.all(Shop.APPLICATION);

        assertThat(console.breakers()).contains(all.name()).containsAll(console.breakers(Shop.APPLICATION));
        assertThat(all.get("BreakerCount"))
                .isEqualTo(console.breakers(Shop.APPLICATION).size());

        fail(5);

        assertThat(all.get("OpenCount")).isEqualTo(1);
        assertThat((String[]) all.get("OpenBreakers")).containsExactly("Users#find(long)");
        assertThat(((String[]) all.get("Overview"))[0])
                .startsWith("OPEN ")
                .contains("Users#find(long)", "5 consecutive failures");
        assertThat(((TabularData) all.get("Breakers")).get(new Object[] {"Users#find(long)"}))
                .satisfies(row -> assertThat(row.get("state")).isEqualTo("OPEN"));
    }

    @Test
    void everyAttributeOfEveryMBeanIsReadAsTheTypeAnnounced() throws Exception {
        for (ObjectName name : console.breakers()) {
            BreakerMBean breaker = console.breaker(name);
            for (MBeanAttributeInfo attribute : breaker.info().getAttributes()) {
                assertThat(attribute.isReadable()).as(attribute.getName()).isTrue();
                assertThat(TYPES).containsKey(attribute.getType());
                Object value = breaker.get(attribute.getName());
                if (value != null || !attribute.getType().equals("java.util.Date")) {
                    assertThat(value).as(attribute.getName()).isInstanceOf(TYPES.get(attribute.getType()));
                }
            }
        }
    }

    @Test
    void allAttributesAreReadInOneGo() throws Exception {
        List<String> names = Arrays.stream(users.info().getAttributes())
                .map(MBeanAttributeInfo::getName)
                .toList();

        assertThat(users.all(names).asList()).extracting(Attribute::getName).containsExactlyElementsOf(names);
    }

    @Test
    void theSettingsAndTheModeCanBeWrittenAndNothingElse() throws Exception {
        Stream<String> settings = Setting.of(TunableKind.BREAKER).stream().map(Setting::attributeName);

        assertThat(users.info().getAttributes())
                .filteredOn(MBeanAttributeInfo::isWritable)
                .extracting(MBeanAttributeInfo::getName)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(settings, Stream.of("Mode")).toList());
    }

    @Test
    void theOperationsOfABreakerAreThese() throws Exception {
        assertThat(users.info().getOperations())
                .extracting(MBeanOperationInfo::getName)
                .containsExactlyInAnyOrder(
                        "changeSettings",
                        "undoLastChange",
                        "revertSettings",
                        "forceOpen",
                        "forceOpenFor",
                        "forceClosed",
                        "forceClosedFor",
                        "observe",
                        "automatic",
                        "halfOpenNow",
                        "reset",
                        "resetTotals");
    }

    @Test
    void theOperationsOfTheWholeAreThese() throws Exception {
        assertThat(console.all(Shop.APPLICATION).info().getOperations())
                .extracting(MBeanOperationInfo::getName)
                .containsExactlyInAnyOrder(
                        "changeSettings",
                        "revertSettings",
                        "forceOpen",
                        "forceOpenFor",
                        "observe",
                        "forceClosed",
                        "automatic",
                        "reset",
                        "exportSettings",
                        "saveSettings",
                        "forgetSavedSettings");
    }

    @Test
    void aBreakerThatTripsIsSeenOpen() throws Exception {
        long opened = (long) users.get("OpenedTotal");
        long rejected = (long) users.get("RejectedTotal");
        assertThat(users.get("State")).isEqualTo("CLOSED");
        assertThat(users.get("StateCode")).isEqualTo(0);

        fail(5);

        assertThat(users.get("State")).isEqualTo("OPEN");
        assertThat(users.get("StateCode")).isEqualTo(2);
        assertThat((long) users.get("OpenRemainingMillis")).isBetween(1L, 10_000L);
        assertThat(users.get("OpenedTotal")).isEqualTo(opened + 1);
        assertThat((String) users.get("LastTrip")).contains("5 consecutive failures");
        assertThat(users.get("LastFailure")).isEqualTo("io.switchgear.example.BackendException");
        assertThat(Shop.status(USER)).isEqualTo(503);
        assertThat(users.get("RejectedTotal")).isEqualTo(rejected + 1);
    }

    @Test
    void aLowerThresholdCountsEarlierFailures() throws Exception {
        fail(3);
        users.set("FailureThreshold", 2);

        // a setter itself causes no transition
        assertThat(users.get("State")).isEqualTo("CLOSED");
        assertThat(users.get("ConsecutiveFailures")).isEqualTo(3);
        fail(1);

        assertThat(users.get("State")).isEqualTo("OPEN");
        assertThat((String) users.get("LastChange"))
                .matches("\\S+ FailureThreshold from 5 to 2, by unknown \\(local or server connector\\)");
    }

    @Test
    void aHigherThresholdTripsLater() throws Exception {
        users.set("FailureThreshold", 6);

        fail(5);
        assertThat(users.get("State")).isEqualTo("CLOSED");
        fail(1);
        assertThat(users.get("State")).isEqualTo("OPEN");
    }

    @Test
    void aShorterOpenMillisLetsAnOpenBreakerTryAtOnce() throws Exception {
        fail(5);
        Shop.mendBackend();
        assertThat(Shop.status(USER)).isEqualTo(503);

        users.set("OpenMillis", 0L);

        assertThat(users.get("State")).isEqualTo("HALF_OPEN");
        assertThat(users.get("StateCode")).isEqualTo(1);
        for (int trial = 1; trial <= 3; trial++) {
            assertThat(Shop.status(USER)).isEqualTo(200);
        }
        assertThat(users.get("State")).isEqualTo("CLOSED");
    }

    @Test
    void aNumberIsAcceptedInAnyFormThatAConsoleSends() throws Exception {
        users.set("FailureThreshold", "7");
        assertThat(users.get("FailureThreshold")).isEqualTo(7);
        users.set("FailureThreshold", 8L);
        assertThat(users.get("FailureThreshold")).isEqualTo(8);
        users.set("OpenMillis", 9);
        assertThat(users.get("OpenMillis")).isEqualTo(9L);
        users.set("FailureRateThresholdPercent", 55);
        assertThat(users.get("FailureRateThresholdPercent")).isEqualTo(55.0);
    }

    static Stream<Arguments> badValues() {
        return Stream.of(
                Arguments.of("FailureThreshold", 0, ">= 1 and <= 1000000 but was 0"),
                Arguments.of("FailureThreshold", -1, ">= 1 and <= 1000000 but was -1"),
                Arguments.of("FailureThreshold", 1_000_001, ">= 1 and <= 1000000 but was 1000001"),
                Arguments.of("FailureThreshold", 4_294_967_301L, ">= 1 and <= 1000000 but was 4294967301"),
                Arguments.of("FailureThreshold", 2.5, "a whole number >= 1 and <= 1000000 but was 2.5"),
                Arguments.of("FailureThreshold", "many", "but was \"many\""),
                Arguments.of("FailureThreshold", "", "but was \"\""),
                Arguments.of("FailureThreshold", "1e999999999", "but was \"1e999999999\""),
                Arguments.of("FailureThreshold", null, ">= 1 and <= 1000000 but was null"),
                Arguments.of("FailureThreshold", true, "but was true"),
                Arguments.of("WindowCalls", Integer.MAX_VALUE, "<= 1000000 but was 2147483647"),
                Arguments.of("OpenMillis", -1L, ">= 0 and <= 604800000 but was -1"),
                Arguments.of("TrialTimeoutMillis", 0L, ">= 1 and <= 86400000 but was 0"),
                Arguments.of("HalfOpenMaxCalls", 10_001, ">= 1 and <= 10000 but was 10001"),
                Arguments.of("SuccessThreshold", 0, ">= 1 and <= 10000 but was 0"),
                Arguments.of("FailureRateThresholdPercent", Double.NaN, "> 0 and <= 100 but was NaN"),
                Arguments.of("FailureRateThresholdPercent", 0.0, "> 0 and <= 100 but was 0"),
                Arguments.of("FailureRateThresholdPercent", 100.5, "> 0 and <= 100 but was 100.5"),
                Arguments.of(
                        "TripOn", "SOMETIMES", "CONSECUTIVE_FAILURES, CALL_WINDOW, TIME_WINDOW but was \"SOMETIMES\""),
                Arguments.of("TripOn", null, "but was null"),
                Arguments.of("Mode", "AJAR", "AUTOMATIC, FORCED_OPEN, FORCED_CLOSED, OBSERVING but was"),
                Arguments.of("MinimumCalls", 21, "MinimumCalls must be <= WindowCalls (20) but was 21"),
                Arguments.of("WindowCalls", 9, "MinimumCalls must be <= WindowCalls (9) but was 10"));
    }

    @ParameterizedTest
    @MethodSource("badValues")
    void aRefusedValueLeavesTheOldOneInPlace(String attribute, Object value, String message) throws Exception {
        Object before = catalogue.get(attribute);

        assertThatThrownBy(() -> catalogue.set(attribute, value))
                .isInstanceOf(InvalidAttributeValueException.class)
                .hasMessageContaining(attribute)
                .hasMessageContaining(message);

        assertThat(catalogue.get(attribute)).isEqualTo(before);
        assertThat((String) catalogue.get("LastRejectedChange")).contains(attribute, message);
    }

    @Test
    void theStateCanOnlyBeRead() throws Exception {
        assertThatThrownBy(() -> users.set("State", "OPEN"))
                .isInstanceOf(AttributeNotFoundException.class)
                .hasMessageContaining("State can be read but not set");

        assertThat(users.get("State")).isEqualTo("CLOSED");
    }

    @Test
    void severalAttributesAreSetTogetherOrNotAtAll() throws Exception {
        AttributeList good =
                new AttributeList(List.of(new Attribute("WindowCalls", 200), new Attribute("MinimumCalls", 150)));
        AttributeList halfBad =
                new AttributeList(List.of(new Attribute("WindowCalls", 300), new Attribute("MinimumCalls", 0)));

        assertThat(catalogue.setAll(good)).hasSize(2);
        assertThat(catalogue.setAll(halfBad)).isEmpty();

        assertThat(catalogue.get("WindowCalls")).isEqualTo(200);
        assertThat(catalogue.get("MinimumCalls")).isEqualTo(150);
    }

    @Test
    void severalSettingsAreChangedAtOnceAndUndoneAtOnce() throws Exception {
        assertThat((String) catalogue.run("changeSettings", "MinimumCalls=150, WindowCalls=200"))
                .contains("WindowCalls=200", "MinimumCalls=150", "TripOn=CALL_WINDOW");

        assertThat(catalogue.get("WindowCalls")).isEqualTo(200);
        assertThat(catalogue.get("MinimumCalls")).isEqualTo(150);
        assertThat((String) catalogue.get("ChangedSettings"))
                .contains("WindowCalls=200 (configured 20, changed by ", "MinimumCalls=150 (configured 10, ");

        assertThat((String) catalogue.run("undoLastChange")).contains("WindowCalls=20\n", "MinimumCalls=10\n");

        assertThat(catalogue.get("ChangedSettings")).isEqualTo("");
    }

    @Test
    void aRefusedOperationSaysWhyInWordsOfTheJdk() {
        assertThatThrownBy(() -> catalogue.run("changeSettings", "WindowCalls=200, MinimumCalls=0"))
                .satisfies(refused -> assertThat(Stream.iterate(refused, cause -> cause != null, Throwable::getCause))
                        .anySatisfy(each -> assertThat(each)
                                .isExactlyInstanceOf(IllegalArgumentException.class)
                                .hasMessageContaining("MinimumCalls must be a whole number >= 1")));
    }

    @Test
    void allSettingsAreRevertedToThoseInCode() throws Exception {
        users.set("FailureThreshold", 9);
        users.set("OpenMillis", 1L);

        users.run("revertSettings");

        assertThat(users.get("FailureThreshold")).isEqualTo(5);
        assertThat(users.get("OpenMillis")).isEqualTo(10_000L);
    }

    @Test
    void theTotalsShownAreReset() throws Exception {
        assertThat(Shop.status(USER)).isEqualTo(200);
        assertThat((long) users.get("CallsTotal")).isPositive();

        users.run("resetTotals");
        assertThat(users.get("CallsTotal")).isEqualTo(0L);

        assertThat(Shop.status(USER)).isEqualTo(200);
        assertThat(users.get("CallsTotal")).isEqualTo(1L);
    }

    @Test
    void aBreakerIsForcedOpenForAWhile() throws Exception {
        users.run("forceOpenFor", 2, "till the backend is back");

        assertThat(users.get("Mode")).isEqualTo("FORCED_OPEN");
        assertThat(users.get("ModeUntil")).isInstanceOf(Date.class);
        assertThat((long) users.get("OpenRemainingMillis")).isBetween(1L, 120_000L);
        assertThat(((String[]) users.get("Transitions"))[0]).contains("till the backend is back");
    }

    @Test
    void aBreakerForcedOpenRejectsUntilItIsAutomaticAgain() throws Exception {
        users.run("forceOpen", "maintenance till noon");

        assertThat(users.get("Mode")).isEqualTo("FORCED_OPEN");
        assertThat(users.get("ModeReason")).isEqualTo("maintenance till noon");
        assertThat(users.get("StateCode")).isEqualTo(2);
        assertThat(users.get("OpenRemainingMillis")).isEqualTo(-1L);
        assertThat(Shop.status(USER)).isEqualTo(503);

        users.run("automatic");

        assertThat(users.get("Mode")).isEqualTo("AUTOMATIC");
        assertThat(users.get("ModeReason")).isEqualTo("");
        assertThat(users.get("State")).isEqualTo("HALF_OPEN");
        assertThat(Shop.status(USER)).isEqualTo(200);
    }

    @Test
    void aBreakerForcedClosedAdmitsWhateverFails() throws Exception {
        users.run("forceClosed", "the monitoring is wrong");

        fail(7);

        assertThat(users.get("Mode")).isEqualTo("FORCED_CLOSED");
        assertThat(users.get("State")).isEqualTo("CLOSED");
    }

    @Test
    void anObservingBreakerOpensButRejectsNothing() throws Exception {
        users.run("observe", "on probation");

        fail(7);

        assertThat(users.get("Mode")).isEqualTo("OBSERVING");
        assertThat(users.get("State")).isEqualTo("OPEN");
    }

    @Test
    void theModeCanBeWrittenAsAnAttribute() throws Exception {
        users.set("Mode", "FORCED_OPEN");

        assertThat(Shop.status(USER)).isEqualTo(503);
        assertThat(users.get("ModeReason")).isEqualTo("");
    }

    @Test
    void theTextThatJConsolePrefillsIsNotAReason() throws Exception {
        users.run("forceOpen", "String");

        assertThat(users.get("ModeReason")).isEqualTo("");
    }

    @Test
    void aResetBreakerIsClosedAndKeepsItsTotals() throws Exception {
        fail(5);
        Object failures = users.get("FailuresTotal");
        Shop.mendBackend();
        assertThat(Shop.status(USER)).isEqualTo(503);

        users.run("reset");

        assertThat(users.get("State")).isEqualTo("CLOSED");
        assertThat(users.get("ConsecutiveFailures")).isEqualTo(0);
        assertThat(users.get("FailuresTotal")).isEqualTo(failures);
        assertThat(Shop.status(USER)).isEqualTo(200);
    }

    /** Makes calls that reach the backend and fail there. */
    private static void fail(int times) {
        Shop.breakBackend();
        for (int i = 0; i < times; i++) {
            assertThat(Shop.status(USER)).isEqualTo(502);
        }
    }
}
