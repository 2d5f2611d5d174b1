// SPDX-License-Identifier: Apache-2.0
package io.switchgear.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.CircuitBreaker;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.TripOn;
import org.junit.jupiter.api.Test;

/** Which breakers a {@link KeyedBreakerPool} drops when they are idle, and which it keeps. */
class KeyedBreakerPoolEvictionTest extends KeyedBreakerPoolTestCase {
    private static void fail(CircuitBreaker breaker) {
        assertThatThrownBy(() -> breaker.run(() -> {
                    throw new IllegalStateException("down");
                }))
                .hasMessage("down");
    }

    @Test
    void oneThatWasIdleGoesWhenANewKeyComes() {
        KeyedBreakerPool keyed = keyed(10);
        call(keyed.of("a"));
        idle(keyed, IDLE_MILLIS);
        assertThat(names()).containsExactly("hosts/first look", "hosts/second look");
        assertThat(TestShop.mbeans()).doesNotContain("CircuitBreakers hosts/a");
        assertThat(shop.registry().tunables()).hasSize(2);
        assertThat(keyed.of("a").snapshot().successes()).isZero();
    }

    @Test
    void oneThatWasNotIdleForLongEnoughStays() {
        KeyedBreakerPool keyed = keyed(10);
        call(keyed.of("a"));
        idle(keyed, IDLE_MILLIS - 1);
        assertThat(names()).contains("hosts/a");
    }

    @Test
    void oneThatWasCalledMeanwhileStays() {
        KeyedBreakerPool keyed = keyed(10);
        CircuitBreaker a = keyed.of("a");
        keyed.of("first look");
        time.advanceMillis(IDLE_MILLIS);
        call(a);
        keyed.of("second look");
        assertThat(names()).contains("hosts/a");
        time.advanceMillis(IDLE_MILLIS);
        keyed.of("third look");
        assertThat(names()).doesNotContain("hosts/a");
    }

    @Test
    void oneThatIsNotAsAnyOtherWouldBeStays() {
        KeyedBreakerPool keyed = keyed(10);
        for (int i = 0; i < 3; i++) {
            fail(keyed.of("open"));
        }
        keyed.of("forced").forceClosed("test");
        keyed.of("observing").observe("test");
        keyed.of("tuned").update(now -> now.toBuilder().openMillis(1).build());
        call(keyed.of("plain"));
        idle(keyed, IDLE_MILLIS);
        assertThat(names())
                .containsExactly(
                        "hosts/first look",
                        "hosts/forced",
                        "hosts/observing",
                        "hosts/open",
                        "hosts/second look",
                        "hosts/tuned");
    }

    @Test
    void oneThatACallIsUnderStays() {
        KeyedBreakerPool keyed = keyed(10);
        keyed.of("a").run(() -> idle(keyed, IDLE_MILLIS));
        assertThat(names()).contains("hosts/a");
        time.advanceMillis(2 * IDLE_MILLIS);
        keyed.of("third look");
        time.advanceMillis(IDLE_MILLIS);
        keyed.of("fourth look");
        assertThat(names()).doesNotContain("hosts/a");
    }

    @Test
    void outcomesThatATimeWindowStillCountsAreKept() {
        BreakerSettings day = BreakerSettings.builder()
                .tripOn(TripOn.TIME_WINDOW)
                .windowMillis(86_400_000)
                .build();
        KeyedBreakerPool keyed = keyed(10, day);
        call(keyed.of("a"));
        idle(keyed, 86_399_999);
        assertThat(names()).contains("hosts/a");
    }

    @Test
    void eachOfManyIsLookedAtInItsTurn() {
        KeyedBreakerPool keyed = keyed(1_000);
        for (int i = 0; i < 1_000; i++) {
            keyed.of("old" + i);
        }
        for (int i = 0; i < 200; i++) {
            time.advanceMillis(1);
            keyed.of("new" + i);
        }
        time.advanceMillis(IDLE_MILLIS);
        for (int i = 0; i < 200; i++) {
            time.advanceMillis(1);
            assertThat(keyed.of("new" + i).name()).isEqualTo("hosts/new" + i);
        }
        assertThat(names()).as("and the one that they shared").hasSize(201).noneMatch(name -> name.contains("old"));
    }
}
