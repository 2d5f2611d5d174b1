// SPDX-License-Identifier: Apache-2.0
package io.switchgear.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.switchgear.CircuitBreaker;
import io.switchgear.runtime.ApplicationRuntime;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.status.CircuitState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BreakerReadinessTest {
    private static final BreakerSettings SETTINGS =
            BreakerSettings.builder().failureThreshold(1).openMillis(86_400_000).build();

    private final ApplicationRuntime runtime = configured(Map.of(
            "switchgear.breaker.\"payments\".critical", "true",
            "switchgear.breaker.\"hosts\".critical", "true",
            "switchgear.breaker.\"hosts/mirror\".critical", "false"));
    private final BreakerReadiness readiness =
            new BreakerReadiness(runtime.breakers(), runtime::isCritical, runtime::isClosed);

    private static ApplicationRuntime configured(Map<String, String> properties) {
        properties.forEach(System::setProperty);
        try {
            return ApplicationRuntime.start("ready");
        } finally {
            properties.keySet().forEach(System::clearProperty);
        }
    }

    @AfterEach
    void close() {
        runtime.close();
    }

    private CircuitBreaker create(String name) {
        return runtime.breakers().create(name, SETTINGS);
    }

    private static CircuitBreaker fail(CircuitBreaker breaker) {
        assertThatThrownBy(() -> breaker.run(() -> {
                    throw new IllegalStateException("down");
                }))
                .hasMessage("down");
        return breaker;
    }

    private Map<String, Object> data(Status expected) {
        HealthCheckResponse answer = readiness.call();
        assertThat(answer.getName()).isEqualTo("circuit-breakers");
        assertThat(answer.getStatus()).isEqualTo(expected);
        return answer.getData().orElseThrow();
    }

    @Test
    void withoutBreakersItIsUp() {
        assertThat(data(Status.UP)).isEmpty();
    }

    @Test
    void anApplicationThatHasEndedMakesNothingUnready() {
        fail(create("payments"));
        assertThat(data(Status.DOWN)).isNotEmpty();
        runtime.close();
        assertThat(readiness.call().getStatus()).isEqualTo(Status.UP);
        assertThat(readiness.call().getData()).isEmpty();
    }

    @Test
    void aCriticalBreakerThatIsOpenTurnsItDownAndIsNamed() {
        create("users");
        CircuitBreaker payments = create("payments");
        assertThat(data(Status.UP)).containsExactly(entry("payments", "CLOSED"), entry("users", "CLOSED"));
        fail(payments);
        assertThat(data(Status.DOWN))
                .containsExactly(
                        entry("critical and open", "payments"), entry("payments", "OPEN"), entry("users", "CLOSED"));
        payments.reset();
        assertThat(data(Status.UP)).doesNotContainKey("critical and open");
    }

    @Test
    void aBreakerThatIsNotCriticalLeavesItUp() {
        fail(create("users"));
        assertThat(data(Status.UP)).containsExactly(entry("users", "OPEN"));
    }

    @Test
    void aCriticalBreakerThatIsForcedOpenTurnsItDown() {
        CircuitBreaker payments = create("payments");
        payments.forceOpen("vendor repairs");
        assertThat(data(Status.DOWN))
                .containsExactly(entry("critical and open", "payments"), entry("payments", "FORCED_OPEN"));
        payments.forceClosed("it has to work");
        assertThat(data(Status.UP)).containsExactly(entry("payments", "FORCED_CLOSED"));
    }

    @Test
    void aCriticalBreakerThatObservesRejectsNothingSoItIsUp() {
        CircuitBreaker payments = create("payments");
        payments.observe("not trusted yet");
        assertThat(data(Status.UP)).containsExactly(entry("payments", "OBSERVING CLOSED"));
        fail(payments);
        assertThat(data(Status.UP)).containsExactly(entry("payments", "OBSERVING OPEN"));
        payments.automatic();
        assertThat(data(Status.DOWN)).containsEntry("payments", "OPEN");
    }

    @Test
    void aCriticalBreakerThatIsOffIsUp() {
        CircuitBreaker payments = create("payments");
        fail(payments);
        payments.forceOpen("vendor repairs");
        payments.by("alice").update(now -> now.toBuilder().enabled(false).build());
        assertThat(data(Status.UP)).containsExactly(entry("payments", "OFF"));
        payments.undoLastChange();
        assertThat(data(Status.DOWN)).containsEntry("payments", "FORCED_OPEN");
    }

    @Test
    void anOpenBreakerWhoseTimeIsUpIsUpOrNoTrialWouldEverCome() {
        CircuitBreaker payments = fail(create("payments"));
        assertThat(data(Status.DOWN)).containsEntry("payments", "OPEN");
        payments.update(now -> now.toBuilder().openMillis(0).build());
        List<CircuitState> becomes = new ArrayList<>();
        payments.listen(transition -> becomes.add(transition.to()));
        assertThat(data(Status.UP)).containsExactly(entry("payments", "HALF_OPEN"));
        assertThat(becomes).as("reading changes nothing").isEmpty();
    }

    @Test
    void whileTrialsRunItIsUp() {
        CircuitBreaker payments = fail(create("payments"));
        payments.halfOpenNow();
        CompletableFuture<String> trial = new CompletableFuture<>();
        var answer = payments.callAsync(() -> trial);
        assertThat(data(Status.UP)).containsExactly(entry("payments", "HALF_OPEN"));
        trial.completeExceptionally(new IllegalStateException("still down"));
        assertThat(answer).isCompletedExceptionally();
        assertThat(data(Status.DOWN)).containsEntry("payments", "OPEN");
    }

    @Test
    void keysAreAsCriticalAsTheirGroupUnlessTheirOwnNameSaysOtherwise() {
        try (var hosts = runtime.breakers().perKey("hosts", 10, SETTINGS)) {
            fail(hosts.of("mirror"));
            assertThat(data(Status.UP)).containsExactly(entry("hosts/mirror", "OPEN"));
            fail(hosts.of("main"));
            assertThat(data(Status.DOWN))
                    .containsExactly(
                            entry("critical and open", "hosts/main"),
                            entry("hosts/main", "OPEN"),
                            entry("hosts/mirror", "OPEN"));
        }
        assertThat(data(Status.UP)).isEmpty();
    }

    @Test
    void ofManyBreakersThoseThatAreNotClosedComeFirstAndTheRestIsCounted() {
        for (int i = 100; i < 320; i++) {
            create("b" + i);
        }
        fail(runtime.breakers().get("b319"));
        fail(runtime.breakers().get("b318")).halfOpenNow();
        runtime.breakers().get("b317").forceClosed("test");
        fail(create("payments"));
        Map<String, Object> data = data(Status.DOWN);
        assertThat(data).hasSize(202).containsEntry("and more", 21L);
        assertThat(data.keySet())
                .startsWith("critical and open", "payments", "b319", "b318", "b317", "b100", "b101")
                .endsWith("b294", "b295", "and more");
    }

    @Test
    void ofManyThatTurnItDownSomeAreNamedAndTheRestIsCounted() {
        try (var hosts = runtime.breakers().perKey("hosts", 100, SETTINGS)) {
            for (int i = 10; i < 33; i++) {
                fail(hosts.of("h" + i));
            }
            assertThat(data(Status.DOWN).get("critical and open"))
                    .asString()
                    .startsWith("hosts/h10, hosts/h11, ")
                    .endsWith(", hosts/h29 and 3 more");
        }
    }
}
