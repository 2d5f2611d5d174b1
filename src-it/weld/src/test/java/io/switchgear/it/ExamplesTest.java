package io.switchgear.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.CircuitBreaking;
import io.switchgear.FallingBack;
import io.switchgear.Key;
import io.switchgear.Retrying;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The examples of what stands around a breaker, as they are in the README. */
class ExamplesTest {
    record User(long id, String name) {}

    /** What the examples call; fails as often as it is told to. */
    static final class Remote {
        private int failures;

        void failTimes(int times) {
            failures = times;
        }

        <T> T answer(T answer) {
            if (failures-- > 0) {
                throw new IllegalStateException("down");
            }
            return answer;
        }

        User lookUp(long id) {
            return answer(new User(id, "Kim"));
        }

        String quote(String article, Locale locale) {
            return answer(article + " in " + locale);
        }

        String take(String order) {
            if (order.isEmpty()) {
                throw new IllegalArgumentException("nothing ordered");
            }
            return answer("took " + order);
        }
    }

    private static final Remote directory = new Remote();
    private static final Remote wholesaler = directory;
    private static final Remote warehouse = directory;

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
        public String price(@Key String article, Locale shownIn) {
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
    }

    @Test
    void aGuestIsServedWhenNobodyKnowsTheUser() {
        try (Application application = new Application(Shop.class)) {
            Shop shop = application.get(Shop.class);
            assertThat(shop.find(7)).isEqualTo(new User(7, "Kim"));
            directory.failTimes(10);
            assertThat(shop.find(7)).isEqualTo(new User(7, "guest"));
        }
    }

    @Test
    void aPriceIsGoodForAWhile() {
        try (Application application = new Application(Shop.class)) {
            Shop shop = application.get(Shop.class);
            assertThat(shop.price("fuse", Locale.UK)).isEqualTo("fuse in en_GB");
            wholesaler.failTimes(2);
            assertThat(shop.price("fuse", Locale.ITALY)).isEqualTo("fuse in en_GB");
            assertThatThrownBy(() -> shop.price("lamp", Locale.UK)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void anOrderIsTriedAgainUnlessItIsWrong() {
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
