// SPDX-License-Identifier: Apache-2.0
package io.switchgear.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.switchgear.config.Configuration;
import io.switchgear.config.FollowedSources;
import io.switchgear.settings.Setting;
import io.switchgear.settings.SettingsStore;
import io.switchgear.store.SavedSettings;
import io.switchgear.time.JdkScheduler;
import io.switchgear.time.Scheduler;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** When looks take place, and what ends them. */
class LooksTest extends FollowingTestCase {
    /** A store with a fault that no store should have. */
    private static final class Faulty implements SettingsStore {
        Error fault;
        int loads;

        @Override
        public Map<String, Map<Setting, String>> load() {
            loads++;
            if (fault != null) {
                throw fault;
            }
            return Map.of();
        }

        @Override
        public void save(Map<String, Map<Setting, String>> byName) {}

        @Override
        public Set<String> forget(Predicate<String> name) {
            return Set.of();
        }

        @Override
        public String description() {
            return "a faulty store";
        }
    }

    private final Faulty store = new Faulty();

    private Follower follower() {
        Configuration configuration = Configuration.of(getClass().getClassLoader());
        FollowedSources sources = configuration.followed("x");
        return new Follower(
                sources,
                sources.readFiles(configuration),
                shop.registry(),
                SavedSettings.in(store, false),
                keys -> 0,
                scheduler,
                Duration.ofSeconds(60));
    }

    @Test
    void aLookThatThrowsIsLoggedAndTheNextComes() {
        scheduler.waiting.clear();
        try (Follower follower = follower()) {
            follower.start();
            follower.start();
            store.fault = new AssertionError("broken");
            scheduler.next();
            scheduler.next();
            assertThat(lines("SGR0069"))
                    .containsExactly("WARNING SGR0069: a look at configuration failed; the next one is in 60 seconds");
            store.fault = null;
            scheduler.next();
            assertThat(follower.lastLook()).endsWith("nothing has changed");
            assertThat(store.loads).isEqualTo(4);
            assertThat(scheduler.waiting.values()).containsExactly(Duration.ofSeconds(60));
        }
    }

    @Test
    void theEndOfTheApplicationLeavesNoTask() {
        Runnable running = scheduler.waiting.keySet().iterator().next();
        shop.close();
        assertThat(scheduler.waiting).isEmpty();
        write(THRESHOLD + "=7");
        running.run();
        running.run();
        assertThat(threshold()).as("a look that was running").isEqualTo(3);
        assertThat(scheduler.waiting).isEmpty();
    }

    @Test
    void aServerThatStopsFirstEndsTheLooks() {
        shop.runtime.useSchedulerOf(Stopped::new);
        scheduler.next();
        assertThat(lines("SGR0069"))
                .singleElement()
                .asString()
                .contains("at the next start, as the scheduler has stopped");
    }

    private static final class Stopped implements Scheduler {
        @Override
        public void pause(long nanos) {}

        @Override
        public Executor threads() {
            return delayed(0);
        }

        @Override
        public Executor delayed(long nanos) {
            return task -> {
                throw new RejectedExecutionException("stopping");
            };
        }
    }

    @Test
    void theJdksSchedulerRunsATaskLaterAndForgetsACancelledOne() throws Exception {
        JdkScheduler jdk = new JdkScheduler();
        AtomicBoolean ran = new AtomicBoolean();
        jdk.later(1, () -> ran.set(true));
        await().untilTrue(ran);
        Object big = new Object();
        WeakReference<Object> kept = new WeakReference<>(big);
        cancelled(jdk, big);
        big = null;
        await().until(() -> {
            System.gc();
            return kept.get() == null;
        });
    }

    private static void cancelled(JdkScheduler jdk, Object held) {
        jdk.later(Duration.ofDays(1).toNanos(), () -> assertThat(held).isNotNull())
                .run();
    }

    @Test
    void thereIsNoThreadBetweenLooks() throws Exception {
        shop.close();
        write(THRESHOLD + "=7");
        try (TestShop real =
                new TestShop(Map.of("switchgear.follow", file.toString(), "switchgear.follow-seconds", "1"))) {
            var orders = real.breakers().create("users", TestShop.SETTINGS);
            write(THRESHOLD + "=8");
            await().until(() -> orders.snapshot().settings().failureThreshold() == 8);
            await().until(() -> Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(thread -> thread.getName().startsWith("switchgear-observers")));
        }
    }
}
