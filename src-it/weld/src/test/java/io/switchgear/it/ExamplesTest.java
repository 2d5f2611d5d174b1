// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.switchgear.CacheKey;
import io.switchgear.CircuitBreakers;
import io.switchgear.CircuitBreaking;
import io.switchgear.FallingBack;
import io.switchgear.Guard;
import io.switchgear.KeyedBreakers;
import io.switchgear.Retrying;
import io.switchgear.TimeLimitExceededException;
import io.switchgear.TimeLimiting;
import io.switchgear.http.ResilientHttpClient;
import io.switchgear.http.ServiceHealth;
import io.switchgear.http.ServiceRegistry;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.RetrySettings;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The examples of fallbacks, retries, HTTP services, guards and keys, as they are on the pages of the manual. */
class ExamplesTest {
    record User(long id, String name) {}

    /** The service that the examples call; fails as often as a test requires. */
    static final class Remote {
        private int failures;

        void failTimes(int times) {
            failures = times;
        }

        <T> T respond(T result) {
            if (failures-- > 0) {
                throw new IllegalStateException("down");
            }
            return result;
        }

        User lookUp(long id) {
            return respond(new User(id, "Kim"));
        }

        String quote(String article, Locale locale) {
            return respond(article + " in " + locale);
        }

        String price(String item) throws InterruptedException {
            while (failures-- > 0) {
                new CountDownLatch(1).await();
            }
            return item + " for 3";
        }

        String take(String order) {
            if (order.isEmpty()) {
                throw new IllegalArgumentException("nothing ordered");
            }
            return respond("took " + order);
        }
    }

    private static final Remote directory = new Remote();
    private static final Remote wholesaler = directory;
    private static final Remote warehouse = directory;
    private static final Remote catalogue = directory;

    @AfterEach
    void everythingWorksAgain() {
        directory.failTimes(0);
    }

    @ApplicationScoped
    static class Shop {
        // example-begin
        @CircuitBreaking
        @FallingBack(method = "guest")
        public User find(long id) {
            return directory.lookUp(id);
        }

        User guest(long id, Exception failure) {
            return new User(id, "guest");
        }
        // example-end

        // example-begin
        @CircuitBreaking(name = "wholesaler")
        @FallingBack(lastGood = true, ttlMillis = 60_000)
        public String price(@CacheKey String article, Locale shownIn) {
            return wholesaler.quote(article, shownIn);
        }
        // example-end

        // example-begin
        @CircuitBreaking(name = "warehouse")
        @Retrying(maxAttempts = 4, delayMillis = 100, abortOn = IllegalArgumentException.class)
        public String place(String order) {
            return warehouse.take(order);
        }
        // example-end

        // example-begin
        @CircuitBreaking(name = "prices")
        @TimeLimiting(limitMillis = 500, trialLimitMillis = 100)
        public String price(String item) throws InterruptedException {
            return catalogue.price(item);
        }
        // example-end
    }

    @ApplicationScoped
    static class Payments {
        // example-begin
        @Inject
        ResilientHttpClient http;

        public String pay(String order, int cents) throws IOException, InterruptedException {
            HttpRequest charge = http.request("payments", "/charges/{order}", order)
                    .PUT(BodyPublishers.ofString("" + cents))
                    .build();
            return http.send("payments", charge, BodyHandlers.ofString()).body();
        }
        // example-end
    }

    @ApplicationScoped
    static class Tenants {
        @Inject
        CircuitBreakers breakers;

        Guard<User> users;
        KeyedBreakers tenants;

        @PostConstruct
        void create() {
            // example-begin
            users = breakers.<User>guard("users")
                    .retry(RetrySettings.defaults().maxAttempts(2))
                    .fallback(call -> new User(0, "guest"))
                    .build();
            tenants = breakers.perKey("tenants", 1_000, BreakerSettings.defaults());
            // example-end
        }

        User find(String tenant, long id) throws Exception {
            // example-begin
            return users.call(() -> tenants.of(tenant).call(() -> directory.lookUp(id)));
            // example-end
        }
    }

    @Test
    void aGuardIsBuiltInCodeAndABreakerForEachTenant() throws Exception {
        try (Application application = new Application(Tenants.class)) {
            Tenants tenants = application.get(Tenants.class);
            assertThat(tenants.find("north", 7)).isEqualTo(new User(7, "Kim"));
            directory.failTimes(10);
            assertThat(tenants.find("south", 7)).isEqualTo(new User(0, "guest"));
            assertThat(application.names()).containsExactly("tenants/north", "tenants/south");
            assertThat(application.snapshot("tenants/south").failures()).isEqualTo(2);
        }
    }

    @Test
    void aPaymentGoesToTheConfiguredService() throws Exception {
        HttpServer provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        provider.createContext("/api/charges/", exchange -> {
            byte[] receipt = exchange.getRequestURI().getPath().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, receipt.length);
            exchange.getResponseBody().write(receipt);
            exchange.close();
        });
        provider.start();
        Map<String, String> properties = Map.of(
                "switchgear.service.\"payments\".url",
                "http://127.0.0.1:" + provider.getAddress().getPort() + "/api");
        try (Application application = new Application(properties, Payments.class)) {
            assertThat(application.get(Payments.class).pay("a-1", 120)).isEqualTo("/api/charges/a-1");
            assertThat(application.snapshot("payments").successes()).isEqualTo(1);
            assertThat(application.get(ServiceRegistry.class).health())
                    .singleElement()
                    .matches(ServiceHealth::healthy);
        } finally {
            provider.stop(0);
        }
    }

    @Test
    void aGuestIsReturnedWhenTheDirectoryIsDown() {
        try (Application application = new Application(Shop.class)) {
            Shop shop = application.get(Shop.class);
            assertThat(shop.find(7)).isEqualTo(new User(7, "Kim"));
            directory.failTimes(10);
            assertThat(shop.find(7)).isEqualTo(new User(7, "guest"));
        }
    }

    @Test
    void aPriceThatDoesNotComeIsAFailure() throws Exception {
        try (Application application = new Application(Shop.class)) {
            Shop shop = application.get(Shop.class);
            assertThat(shop.price("fuse")).isEqualTo("fuse for 3");
            catalogue.failTimes(1);
            assertThatThrownBy(() -> shop.price("fuse"))
                    .isInstanceOf(TimeLimitExceededException.class)
                    .hasMessage("prices: the call took more than 500 ms");
            assertThat(application.snapshot("prices").failures()).isEqualTo(1);
        }
    }

    @Test
    void theLastGoodPriceIsUsed() {
        try (Application application = new Application(Shop.class)) {
            Shop shop = application.get(Shop.class);
            assertThat(shop.price("fuse", Locale.UK)).isEqualTo("fuse in en_GB");
            wholesaler.failTimes(2);
            assertThat(shop.price("fuse", Locale.ITALY)).isEqualTo("fuse in en_GB");
            assertThatThrownBy(() -> shop.price("lamp", Locale.UK)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void anOrderIsRetriedUnlessItIsInvalid() {
        try (Application application = new Application(Shop.class)) {
            Shop shop = application.get(Shop.class);
            warehouse.failTimes(3);
            assertThat(shop.place("fuse")).isEqualTo("took fuse");
            assertThat(application.snapshot("warehouse").failures()).isEqualTo(3);
            assertThatThrownBy(() -> shop.place("")).isInstanceOf(IllegalArgumentException.class);
            assertThat(application.snapshot("warehouse").failures()).isEqualTo(4);
        }
    }
}
