// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.it.servers.Console.RemoteMBean;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.InvalidAttributeValueException;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Changes of settings by an operator over a remote connector, and their effect on the breakers of the example. */
@ArquillianTest
class ConsoleSettingsIT {
    private static final String USER = "users/1";

    @RegisterExtension
    static final ShopConsole SHOP = ShopConsole.freshForEachTest();

    private RemoteMBean users;
    private RemoteMBean catalogue;

    @Deployment(testable = false)
    static WebArchive shop() {
        return Archives.shop();
    }

    @BeforeEach
    void find() throws Exception {
        users = SHOP.breaker("Users#find(long)");
        catalogue = SHOP.breaker("catalogue");
    }

    @Test
    void aLowerThresholdCountsEarlierFailures() throws Exception {
        Shop.fail(USER, 3);
        users.set("FailureThreshold", 2);

        // a setter itself causes no transition
        assertThat(users.get("State")).isEqualTo("CLOSED");
        assertThat(users.get("ConsecutiveFailures")).isEqualTo(3);
        Shop.fail(USER, 1);

        assertThat(users.get("State")).isEqualTo("OPEN");
        assertThat((String) users.get("LastChange"))
                .matches("\\S+ FailureThreshold from 5 to 2, by " + Pattern.quote(Console.user()) + " at 127.0.0.1");
    }

    @Test
    void aHigherThresholdTripsLater() throws Exception {
        users.set("FailureThreshold", 6);

        Shop.fail(USER, 5);
        assertThat(users.get("State")).isEqualTo("CLOSED");
        Shop.fail(USER, 1);
        assertThat(users.get("State")).isEqualTo("OPEN");
    }

    @Test
    void aShorterOpenMillisLetsAnOpenBreakerTryAtOnce() throws Exception {
        Shop.fail(USER, 5);
        Shop.repairBackend();
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
                        "TripOn",
                        "SOMETIMES",
                        "CONSECUTIVE_FAILURES, CALL_WINDOW, TIME_WINDOW, ADAPTIVE but was \"SOMETIMES\""),
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
        assertThat((String) catalogue.get("LastRefusedChange")).contains(attribute, message);
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
}
