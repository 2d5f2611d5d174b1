// SPDX-License-Identifier: Apache-2.0
package io.switchgear.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.switchgear.FailureRule;
import io.switchgear.breaker.Breaker;
import io.switchgear.message.RecordedLog;
import io.switchgear.message.TransitionLog;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.status.CircuitState;
import io.switchgear.status.CircuitTransition;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A listener of the application that blocks must not hold up the effects of transitions. */
@Timeout(60)
class BlockedListenersTest {
    private final Breaker breaker =
            new Breaker("orders", BreakerSettings.defaults(), FailureRule.ANY, transition -> {});
    private final List<Long> effects = new CopyOnWriteArrayList<>();
    private final List<Long> received = new CopyOnWriteArrayList<>();
    private final CountDownLatch blocked = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);

    @AfterEach
    void release() {
        release.countDown();
    }

    private void block(CircuitTransition transition) {
        blocked.countDown();
        try {
            release.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
        received.add(transition.number());
    }

    private CompletableFuture<Void> blockIn(Runnable cause) throws InterruptedException {
        breaker.listenFirst(transition -> effects.add(transition.number()));
        breaker.listen(this::block);
        CompletableFuture<Void> caller = CompletableFuture.runAsync(cause);
        blocked.await();
        return caller;
    }

    @Test
    void theEffectsOfLaterTransitionsHappen() throws Exception {
        CompletableFuture<Void> caller = blockIn(() -> breaker.forceOpen("test"));
        breaker.automatic();
        breaker.forceOpen("again");
        assertThat(effects).hasSize(3).isSorted();
        assertThat(caller).isNotDone();
        release.countDown();
        caller.join();
        assertThat(received).isEqualTo(effects);
    }

    @Test
    void changesAreLoggedMeanwhile() throws Exception {
        Breaker logged = new Breaker("orders", BreakerSettings.defaults(), FailureRule.ANY, new TransitionLog());
        logged.listen(this::block);
        try (RecordedLog log = new RecordedLog()) {
            CompletableFuture<Void> caller = CompletableFuture.runAsync(() -> logged.forceOpen("test"));
            blocked.await();
            logged.automatic();
            assertThat(log.lines())
                    .filteredOn(line -> line.contains("SGR0005"))
                    .hasSize(2)
                    .last()
                    .asString()
                    .contains("mode AUTOMATIC");
            release.countDown();
            caller.join();
        }
    }

    @Test
    void aTransitionThatAnEffectCausesComesToListenersAfterAllEffects() {
        List<String> order = new CopyOnWriteArrayList<>();
        breaker.listenFirst(transition -> {
            if (transition.to() == CircuitState.OPEN) {
                breaker.reset();
            }
        });
        breaker.listenFirst(transition -> order.add("done " + transition.to()));
        breaker.listen(transition -> order.add("received " + transition.to()));
        breaker.forceOpen("test");
        assertThat(order).containsExactly("done OPEN", "done CLOSED", "received OPEN", "received CLOSED");
    }

    @Test
    void effectsComeFirstAlsoForAListenerThatChangesTheBreaker() {
        List<String> order = new CopyOnWriteArrayList<>();
        breaker.listen(transition -> {
            order.add("received " + transition.to());
            if (order.size() < 3) {
                breaker.reset();
            }
        });
        breaker.listenFirst(transition -> order.add("done " + transition.to()));
        breaker.forceOpen("test");
        assertThat(order)
                .startsWith("done OPEN", "received OPEN", "done CLOSED")
                .endsWith("received CLOSED");
    }

    @Test
    void whatWaitsForABlockedListenerIsBounded() throws Exception {
        try (RecordedLog log = new RecordedLog()) {
            CompletableFuture<Void> caller = blockIn(breaker::reset);
            for (int i = 0; i < 10_005; i++) {
                breaker.reset();
            }
            assertThat(effects).hasSize(10_006);
            assertThat(log.lines()).singleElement().asString().contains("SGR0030: orders is 10000 events behind");
            release.countDown();
            caller.join();
            await().until(() -> log.lines().size() == 2);
            assertThat(log.lines()).last().asString().contains("missed 5 events");
            assertThat(received).hasSize(10_001);
        }
    }
}
