// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The backends of the example, which fail each by itself. */
@ArquillianTest
class BackendsIT {
    @RegisterExtension
    static final ShopConsole SHOP = ShopConsole.freshForEachTest();

    @Deployment(testable = false)
    static WebArchive shop() {
        return Archives.shop();
    }

    @Test
    void eachServiceHasConditionsOfItsOwn() {
        Shop.setBackend("users", "{\"failurePercent\": 100}");
        assertThat(Shop.status("users/1")).isEqualTo(502);
        assertThat(Shop.status("products")).isEqualTo(200);
        assertThat(Shop.get("backend/users").body()).contains("\"failurePercent\":100", "\"latencyMillis\":0");
        assertThat(Shop.get("backend/orders").body()).contains("\"failurePercent\":0");
        assertThat(Shop.get("backend").body()).contains("\"users\":", "\"products\":", "\"orders\":", "\"payments\":");
    }

    @Test
    void whatABackendHasGotCanBeAsked() {
        long calls = Long.parseLong(Shop.get("backend/users/calls").body());
        assertThat(Shop.status("users/1")).isEqualTo(200);
        assertThat(Shop.get("backend/users/calls").body()).isEqualTo(Long.toString(calls + 1));

        assertThat(Shop.status("orders/k-1")).isEqualTo(404);
        assertThat(Shop.put("orders/k-1", "{\"userId\": 1, \"productId\": 2}").statusCode())
                .isEqualTo(200);
        assertThat(Shop.get("orders/k-1").body()).contains("\"id\":\"k-1\"", "\"productId\":2");
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, users, {\"hanging\": 1}, 400, hanging must be true or false but was 1",
        "PUT, users, {\"speed\": 1}, 400, 'but the body has speed'",
        "PUT, '', {\"speed\": 1}, 400, 'but the body has speed'",
        "PUT, users, [, 400, the body must be a JSON object",
        "PUT, carts, {}, 404, 'the services are users, products, orders, payments, but the path has carts'",
        "GET, carts, '', 404, 'the services are users, products, orders, payments, but the path has carts'"
    })
    void whatNoBackendHasIsRefusedInASentence(String method, String service, String body, int status, String sentence) {
        String path = service.isEmpty() ? "backend" : "backend/" + service;
        HttpResponse<String> response = method.equals("PUT") ? Shop.put(path, body) : Shop.get(path);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).startsWith("{\"error\":").contains(sentence);
    }

    @ParameterizedTest
    @ValueSource(strings = {"users", "payments"})
    void aServiceThatHangsTakesNoThreadFromTheOthers(String service) throws Exception {
        SHOP.all().run("forceClosed", "*", "every call is to reach its backend");
        Shop.setBackend(service, "{\"hanging\": true}");
        // more calls than the default executor has threads
        for (int call = 0; call < 12; call++) {
            if (service.equals("users")) {
                assertThat(Shop.get("users/1/points").body()).doesNotContain("137");
            } else {
                assertThat(Shop.put("payments/h-" + call, "{\"cents\": 1}").statusCode())
                        .isEqualTo(502);
            }
        }
        for (String path : List.of("products", "products/1")) {
            assertThat(Shop.status(path)).isEqualTo(200);
        }
        assertThat(Shop.put("orders/h", "{\"userId\": 1, \"productId\": 1}").statusCode())
                .isEqualTo(200);
        if (service.equals("users")) {
            assertThat(Shop.put("payments/h", "{\"cents\": 1}").statusCode()).isEqualTo(200);
        } else {
            assertThat(Shop.get("users/1/points").body()).contains("137");
        }
    }

    @Test
    void aResetOfTheProviderOfPaymentsIsAFailureOfTheConnection() throws Exception {
        Shop.setBackend("payments", "{\"resetPercent\": 100}");
        assertThat(Shop.put("payments/r", "{\"cents\": 1}").statusCode()).isEqualTo(502);
        assertThat((String) SHOP.layer("Services", "payments").get("LastFailure"))
                .isEqualTo("java.io.IOException");
    }
}
