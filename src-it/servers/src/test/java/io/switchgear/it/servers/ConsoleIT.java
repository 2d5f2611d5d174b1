// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.it.servers.Console.RemoteMBean;
import io.switchgear.settings.Setting;
import io.switchgear.settings.TunableKind;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.management.Attribute;
import javax.management.AttributeNotFoundException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanOperationInfo;
import javax.management.ObjectName;
import javax.management.openmbean.TabularData;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The MBeans of the example as an operator uses them over WildFly's remote connector: attributes, modes and resets. */
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

    @RegisterExtension
    static final ShopConsole SHOP = ShopConsole.freshForEachTest();

    private RemoteMBean users;

    @Deployment(testable = false)
    static WebArchive shop() {
        return Archives.shop();
    }

    @BeforeEach
    void find() throws Exception {
        users = SHOP.breaker("Users#find(long)");
    }

    @Test
    void theBreakersOfTheShopAreFoundByApplicationAndName() throws Exception {
        assertThat(SHOP.console().breakers(Shop.APPLICATION))
                .contains(
                        new ObjectName("io.switchgear:type=CircuitBreakers,application=shop,name=\"Users#find(long)\""),
                        new ObjectName(
                                "io.switchgear:type=CircuitBreakers,application=shop,name=\"Products#find(long)\""),
                        new ObjectName("io.switchgear:type=CircuitBreakers,application=shop,name=\"catalogue\""),
                        new ObjectName("io.switchgear:type=CircuitBreakers,application=shop,name=\"loyalty-points\""))
                .hasSize(6);
        assertThat(SHOP.console().breakers())
                .contains(
                        new ObjectName("io.switchgear:type=Retries,application=shop,name=\"orders\""),
                        new ObjectName("io.switchgear:type=Fallbacks,application=shop,name=\"Users#points(long)\""),
                        new ObjectName("io.switchgear:type=Fallbacks,application=shop,name=\"Products#find(long)\""),
                        new ObjectName("io.switchgear:type=Services,application=shop,name=\"payments\""));
    }

    @Test
    void theNodeAboveThemRepresentsAllOfThem() throws Exception {
        RemoteMBean all = SHOP.all();

        assertThat(SHOP.console().breakers())
                .contains(all.name())
                .containsAll(SHOP.console().breakers(Shop.APPLICATION));
        assertThat(all.get("BreakerCount"))
                .isEqualTo(SHOP.console().breakers(Shop.APPLICATION).size());

        Shop.fail(USER, 5);

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
        assertThat(SHOP.console().breakers()).isNotEmpty();
        for (ObjectName name : SHOP.console().breakers()) {
            RemoteMBean breaker = SHOP.console().breaker(name);
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
                        "rehearse",
                        "endRehearsal",
                        "applyRehearsal",
                        "resetTotals");
    }

    @Test
    void theOperationsOfTheWholeAreThese() throws Exception {
        assertThat(SHOP.all().info().getOperations())
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
                        "rehearse",
                        "endRehearsal",
                        "exportSettings",
                        "lookAtConfiguration",
                        "saveSettings",
                        "forgetSavedSettings");
    }

    @Test
    void aBreakerThatTripsIsSeenOpen() throws Exception {
        long opened = (long) users.get("OpenedTotal");
        long rejected = (long) users.get("RejectedTotal");
        assertThat(users.get("State")).isEqualTo("CLOSED");
        assertThat(users.get("StateCode")).isEqualTo(0);

        Shop.fail(USER, 5);

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
    void theStateCanOnlyBeRead() throws Exception {
        assertThatThrownBy(() -> users.set("State", "OPEN"))
                .isInstanceOf(AttributeNotFoundException.class)
                .hasMessageContaining("State can be read but not set");

        assertThat(users.get("State")).isEqualTo("CLOSED");
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

        Shop.fail(USER, 7);

        assertThat(users.get("Mode")).isEqualTo("FORCED_CLOSED");
        assertThat(users.get("State")).isEqualTo("CLOSED");
    }

    @Test
    void anObservingBreakerOpensButRejectsNothing() throws Exception {
        users.run("observe", "on probation");

        Shop.fail(USER, 7);

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
        Shop.fail(USER, 5);
        Object failures = users.get("FailuresTotal");
        Shop.repairBackend();
        assertThat(Shop.status(USER)).isEqualTo(503);

        users.run("reset");

        assertThat(users.get("State")).isEqualTo("CLOSED");
        assertThat(users.get("ConsecutiveFailures")).isEqualTo(0);
        assertThat(users.get("FailuresTotal")).isEqualTo(failures);
        assertThat(Shop.status(USER)).isEqualTo(200);
    }
}
