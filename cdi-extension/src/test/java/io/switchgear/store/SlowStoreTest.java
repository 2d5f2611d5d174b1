// SPDX-License-Identifier: Apache-2.0
package io.switchgear.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.FailureRule;
import io.switchgear.breaker.Breaker;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.Setting;
import io.switchgear.settings.SettingsStore;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A store that takes long must not hold up new breakers, nor the end of the application. */
@Timeout(60)
class SlowStoreTest {
    private final CountDownLatch inside = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);

    private boolean loaded;

    private final SettingsStore slow = new SettingsStore() {
        @Override
        public Map<String, Map<Setting, String>> load() {
            if (loaded) {
                block();
            }
            loaded = true;
            return Map.of("later", Map.of(Setting.OPEN_MILLIS, "7"));
        }

        @Override
        public void save(Map<String, Map<Setting, String>> byName) {
            block();
        }

        @Override
        public Set<String> forget(Predicate<String> name) {
            block();
            return Set.of("later");
        }

        private void block() {
            inside.countDown();
            try {
                release.await();
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        }

        @Override
        public String description() {
            return "a slow store";
        }
    };
    private final SavedSettings saved = SavedSettings.in(slow, true);

    private static Breaker breaker(String name) {
        return new Breaker(name, BreakerSettings.defaults(), FailureRule.ANY, transition -> {});
    }

    private void checkWhile(Runnable access) throws Exception {
        CompletableFuture<Void> using = CompletableFuture.runAsync(access);
        inside.await();
        Breaker later = breaker("later");
        saved.applyTo(later);
        assertThat(later.snapshot().settings().openMillis()).isEqualTo(7);
        saved.removed(later);
        saved.stopping(List.of());
        assertThat(using).isNotDone();
        release.countDown();
        using.join();
    }

    @Test
    void aSaveIsNotWaitedFor() throws Exception {
        checkWhile(() -> saved.save(List.of(breaker("orders"))));
    }

    @Test
    void aChangeThatIsSavedAtOnceIsNotWaitedFor() throws Exception {
        checkWhile(() -> saved.changed(List.of(breaker("orders"))));
    }

    @Test
    void settingsThatAreBeingForgottenAreInForceUntilThen() throws Exception {
        checkWhile(() -> saved.forget(name -> true));
        Breaker after = breaker("later");
        saved.applyTo(after);
        assertThat(after.snapshot().settings()).isEqualTo(BreakerSettings.defaults());
    }
}
