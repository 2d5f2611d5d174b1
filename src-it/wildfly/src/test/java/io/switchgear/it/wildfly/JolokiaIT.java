// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.wildfly;

import static io.switchgear.it.wildfly.Jolokia.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.it.servers.Archives;
import io.switchgear.it.servers.Console.RemoteMBean;
import io.switchgear.it.servers.Shop;
import io.switchgear.it.servers.ShopConsole;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.management.MBeanAttributeInfo;
import javax.management.ObjectName;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Access to the MBeans over HTTP and JSON, as consoles in browsers use it. */
@ArquillianTest
class JolokiaIT {
    private static final String EVERYTHING = "io.switchgear:*";

    @RegisterExtension
    static final ShopConsole SHOP = ShopConsole.freshForEachTest();

    private static Jolokia jolokia;

    private RemoteMBean users;
    private RemoteMBean all;

    @Deployment(testable = false)
    static WebArchive shop() {
        return Archives.shop();
    }

    @BeforeAll
    static void attach() throws Exception {
        jolokia = Jolokia.attachedTo(SHOP.console().processId());
    }

    @AfterAll
    static void stop() throws Exception {
        jolokia.close();
    }

    @BeforeEach
    void find() throws Exception {
        users = SHOP.breaker("Users#find(long)");
        all = SHOP.all();
    }

    @Test
    void allMBeansAreFound() throws Exception {
        assertThat(value(jolokia.search(EVERYTHING)).asJsonArray().getValuesAs(JsonString::getString))
                .map(ObjectName::new)
                .containsExactlyInAnyOrderElementsOf(SHOP.console().breakers());
    }

    @Test
    void allAttributesOfABreakerAreRead() throws Exception {
        assertThat(Shop.status("users/1")).isEqualTo(200);

        JsonObject attributes = value(jolokia.read(users.name())).asJsonObject();

        assertThat(attributes).containsOnlyKeys(announced(users));
        assertThat(attributes.getString("State")).isEqualTo("CLOSED");
        assertThat(attributes.getInt("FailureThreshold")).isEqualTo(5);
        assertThat(attributes.getJsonArray("Methods").getValuesAs(JsonString::getString))
                .containsExactly("io.switchgear.example.Users#find(long)");
        assertThat(attributes.getJsonObject("Settings").getJsonObject("FailureThreshold"))
                .containsEntry("value", Json.createValue("5"))
                .containsEntry("origin", Json.createValue("code"));
    }

    @Test
    void allAttributesOfTheWholeAreRead() throws Exception {
        JsonObject attributes = value(jolokia.read(all.name())).asJsonObject();

        assertThat(attributes).containsOnlyKeys(announced(all));
        assertThat(attributes.getInt("BreakerCount")).isEqualTo(6);
        assertThat(attributes.getJsonArray("Overview"))
                .hasSize(6)
                .allSatisfy(line -> assertThat(line.toString()).contains("CLOSED"));
        assertThat(attributes.getJsonObject("Breakers")).containsKeys("catalogue", "Users#find(long)");
    }

    @Test
    void everythingIsReadAtOnce() throws Exception {
        JsonObject byName = value(jolokia.read(EVERYTHING)).asJsonObject();

        assertThat(byName).hasSameSizeAs(SHOP.console().breakers());
        for (Map.Entry<String, JsonValue> mbean : byName.entrySet()) {
            assertThat(mbean.getValue().asJsonObject())
                    .containsOnlyKeys(announced(SHOP.console().breaker(new ObjectName(mbean.getKey()))));
        }
    }

    @Test
    void anAttributeIsWritten() throws Exception {
        value(jolokia.write(users.name(), "FailureThreshold", 7));
        value(jolokia.write(users.name(), "OpenMillis", "12000"));
        value(jolokia.write(users.name(), "TripOn", "CALL_WINDOW"));

        assertThat(users.get("FailureThreshold")).isEqualTo(7);
        assertThat(users.get("OpenMillis")).isEqualTo(12_000L);
        assertThat(users.get("TripOn")).isEqualTo("CALL_WINDOW");
    }

    @Test
    void aRefusedValueComesBackWithTheReason() throws Exception {
        JsonObject response = jolokia.write(users.name(), "FailureThreshold", 0);

        assertThat(response.getInt("status")).isNotEqualTo(200);
        assertThat(response.getString("error"))
                .contains("FailureThreshold must be a whole number >= 1 and <= 1000000 but was 0");
        assertThat(users.get("FailureThreshold")).isEqualTo(5);
    }

    @Test
    void severalSettingsAreChangedAtOnce() throws Exception {
        JsonValue inForce = value(jolokia.run(users.name(), "changeSettings", "FailureThreshold=9, OpenMillis=20000"));

        assertThat(inForce.toString()).contains("FailureThreshold=9", "OpenMillis=20000", "SuccessThreshold=3");
        assertThat(users.get("FailureThreshold")).isEqualTo(9);
        assertThat(users.get("OpenMillis")).isEqualTo(20_000L);
    }

    @Test
    void aRefusedOperationComesBackWithTheReason() throws Exception {
        JsonObject response = jolokia.run(users.name(), "changeSettings", "FailureThreshold=9, OpenMillis=-1");

        assertThat(response.getString("error")).contains("OpenMillis must be a whole number >= 0");
        assertThat(users.get("FailureThreshold")).isEqualTo(5);
    }

    @Test
    void manyBreakersAreForcedOpenAndMadeAutomaticAgain() throws Exception {
        JsonValue names = value(jolokia.run(all.name(), "forceOpen", "*#find(long)", "the backend moves"));

        assertThat(names.asJsonArray().getValuesAs(JsonString::getString))
                .containsExactly("Products#find(long)", "Users#find(long)");
        assertThat(Shop.status("users/1")).isEqualTo(503);

        value(jolokia.run(all.name(), "automatic", "*"));

        assertThat(Shop.status("users/1")).isEqualTo(200);
    }

    private static List<String> announced(RemoteMBean mbean) throws Exception {
        return Arrays.stream(mbean.info().getAttributes())
                .map(MBeanAttributeInfo::getName)
                .toList();
    }
}
