// SPDX-License-Identifier: Apache-2.0
package io.switchgear.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.FailureRule;
import io.switchgear.breaker.Breaker;
import io.switchgear.message.RecordedLog;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.Setting;
import io.switchgear.settings.TripOn;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SavedSettingsTest {
    private final Shelf shelf = new Shelf();
    private final RecordedLog log = new RecordedLog();
    private final Breaker orders = breaker("orders");
    private final Breaker users = breaker("users");

    @AfterEach
    void close() {
        log.close();
    }

    private static Breaker breaker(String name) {
        return new Breaker(name, BreakerSettings.defaults(), FailureRule.ANY, transition -> {});
    }

    private static void tune(Breaker breaker, Setting setting, Object value) {
        breaker.by("alice").update(present -> present.with(Map.of(setting, value)));
    }

    @Test
    void whatIsNotAsConfiguredIsSavedAndFoundAtTheNextStart() {
        SavedSettings saved = SavedSettings.in(shelf, false);
        tune(orders, Setting.FAILURE_THRESHOLD, 7);
        tune(orders, Setting.TRIP_ON, "CALL_WINDOW");
        assertThat(shelf.kept).isEmpty();
        assertThat(saved.save(List.of(orders, users))).isEqualTo("saved in a shelf: settings 2, names 1");
        assertThat(shelf.kept)
                .isEqualTo(Map.of("orders", Map.of(Setting.FAILURE_THRESHOLD, "7", Setting.TRIP_ON, "CALL_WINDOW")));

        Breaker next = breaker("orders");
        SavedSettings.in(shelf, false).applyTo(next);
        assertThat(next.snapshot().settings()).isEqualTo(orders.snapshot().settings());
        assertThat(next.snapshot().changedBy()).containsEntry(Setting.FAILURE_THRESHOLD, "saved in a shelf");
        next.revertSettings();
        assertThat(next.snapshot().settings()).isEqualTo(BreakerSettings.defaults());
    }

    @Test
    void whatIsAsConfiguredAgainIsNotSavedAnyMore() {
        SavedSettings saved = SavedSettings.in(shelf, false);
        tune(orders, Setting.FAILURE_THRESHOLD, 7);
        saved.save(List.of(orders));
        orders.revertSettings();
        saved.save(List.of(orders));
        assertThat(shelf.kept).isEmpty();
    }

    @Test
    void eachChangeIsSavedAtOnceWhereThatIsWanted() {
        SavedSettings saved = SavedSettings.in(shelf, true);
        tune(orders, Setting.FAILURE_THRESHOLD, 7);
        saved.changed(List.of(orders));
        assertThat(shelf.kept).containsKey("orders");
        shelf.broken = true;
        saved.changed(List.of(orders));
        assertThat(log.lines())
                .containsExactly("WARNING SGR0018: a change is in force but not saved: "
                        + "java.io.IOException: the shelf has come down");
    }

    @Test
    void whatContradictsOtherSettingsIsLeftOutWithAWarningAndTheRestIsInForce() {
        shelf.kept.put("orders", Map.of(Setting.TRIP_ON, "CALL_WINDOW", Setting.MINIMUM_CALLS, "500"));
        SavedSettings.in(shelf, false).applyTo(orders);
        assertThat(orders.snapshot().changedBy()).containsOnlyKeys(Setting.TRIP_ON);
        assertThat(log.lines())
                .containsExactly("WARNING SGR0017: orders: a setting saved in a shelf is ignored: MinimumCalls must be"
                        + " <= WindowCalls (100, the default) but was 500");
    }

    @Test
    void aStoreThatCannotBeReadIsLoggedAndNothingFails() {
        shelf.broken = true;
        SavedSettings saved = SavedSettings.in(shelf, false);
        saved.applyTo(orders);
        assertThat(orders.snapshot().settings()).isEqualTo(BreakerSettings.defaults());
        assertThat(log.lines())
                .containsExactly("WARNING SGR0016: saved settings are not in force: "
                        + "java.io.IOException: the shelf has come down");
        assertThatThrownBy(() -> saved.save(List.of(orders)))
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the shelf has come down")
                .hasNoCause();
    }

    @Test
    void whatWasNeverReadIsNotWrittenOverUnseen() {
        shelf.kept.put("orders", Map.of(Setting.FAILURE_THRESHOLD, "9"));
        shelf.broken = true;
        SavedSettings saved = SavedSettings.in(shelf, true);
        shelf.broken = false;
        tune(orders, Setting.OPEN_MILLIS, 1);
        assertThatThrownBy(() -> saved.save(List.of(orders)))
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessageContaining("could not be read when the application started");
        assertThat(shelf.kept.get("orders")).isEqualTo(Map.of(Setting.FAILURE_THRESHOLD, "9"));
        saved.save(List.of(orders));
        assertThat(shelf.kept.get("orders")).isEqualTo(Map.of(Setting.OPEN_MILLIS, "1"));
    }

    @Test
    void whatFitsOnlyAfterAnotherIsInForceToo() {
        Breaker windowed = new Breaker(
                "orders",
                BreakerSettings.builder()
                        .tripOn(TripOn.CALL_WINDOW)
                        .minimumCalls(50)
                        .build(),
                FailureRule.ANY,
                transition -> {});
        shelf.kept.put(
                "orders",
                Map.of(
                        Setting.WINDOW_CALLS, "30",
                        Setting.MINIMUM_CALLS, "10",
                        Setting.OPEN_BACKOFF_FACTOR, "2",
                        Setting.OPEN_MAX_MILLIS, "1"));
        SavedSettings saved = SavedSettings.in(shelf, false);
        saved.applyTo(windowed);
        assertThat(windowed.snapshot().changedBy())
                .containsOnlyKeys(Setting.WINDOW_CALLS, Setting.MINIMUM_CALLS, Setting.OPEN_BACKOFF_FACTOR);
        assertThat(log.lines()).singleElement().asString().contains("SGR0017", "OpenMaxMillis");
        saved.stopping(List.of(windowed));
        assertThat(log.lines()).hasSize(1);
    }

    @Test
    void ofSaversAtOnceNoneLosesAChange() throws Exception {
        for (int round = 0; round < 200; round++) {
            Breaker shared = breaker("orders");
            SavedSettings saved = SavedSettings.in(shelf, true);
            List<Thread> savers = Stream.of(Setting.FAILURE_THRESHOLD, Setting.OPEN_MILLIS)
                    .map(setting -> new Thread(() -> {
                        tune(shared, setting, 77);
                        saved.changed(List.of(shared));
                    }))
                    .toList();
            savers.forEach(Thread::start);
            for (Thread saver : savers) {
                saver.join();
            }
            assertThat(shelf.kept.get("orders")).containsOnlyKeys(Setting.FAILURE_THRESHOLD, Setting.OPEN_MILLIS);
        }
    }

    @Test
    void whatTheNextStartWillNotHaveIsWarnedOfWhenTheApplicationStops() {
        SavedSettings saved = SavedSettings.in(shelf, false);
        saved.stopping(List.of(orders, users));
        assertThat(log.lines()).isEmpty();
        tune(orders, Setting.FAILURE_THRESHOLD, 7);
        saved.stopping(List.of(orders, users));
        assertThat(log.lines())
                .containsExactly("WARNING SGR0019: orders: changes are not saved and end with the"
                        + " application; in force: FailureThreshold=7; after the next start: as configured");
        saved.save(List.of(orders));
        orders.revertSettings();
        saved.stopping(List.of(orders, users));
        assertThat(log.lines())
                .last()
                .asString()
                .endsWith("in force: as configured; after the next start: FailureThreshold=7");
        SavedSettings.none().stopping(List.of(users));
        assertThat(log.lines()).hasSize(2);
    }

    @Test
    void savedOnesAreForgottenWhileThoseInForceStay() {
        SavedSettings saved = SavedSettings.in(shelf, false);
        tune(orders, Setting.FAILURE_THRESHOLD, 7);
        tune(users, Setting.FAILURE_THRESHOLD, 7);
        saved.save(List.of(orders, users));
        assertThat(saved.forget("users"::equals)).containsExactly("users");
        assertThat(shelf.kept).containsOnlyKeys("orders");
        assertThat(users.snapshot().settings().failureThreshold()).isEqualTo(7);
    }

    @Test
    void whatIsNotThereYetKeepsWhatIsSavedForIt() {
        shelf.kept.put("users", Map.of(Setting.MAX_ATTEMPTS, "7", Setting.FAILURE_THRESHOLD, "9"));
        SavedSettings saved = SavedSettings.in(shelf, true);
        saved.applyTo(users);
        users.by("alice").update(now -> now.with(Map.of(Setting.FAILURE_THRESHOLD, 3)));
        saved.changed(List.of(users));
        assertThat(shelf.kept)
                .isEqualTo(Map.of("users", Map.of(Setting.MAX_ATTEMPTS, "7", Setting.FAILURE_THRESHOLD, "3")));
        users.by("alice").revertSettings();
        saved.changed(List.of(users));
        assertThat(shelf.kept).isEqualTo(Map.of("users", Map.of(Setting.MAX_ATTEMPTS, "7")));
    }

    @Test
    void aStoreThatCannotBeReadAtTheEndChangesNothing() {
        SavedSettings saved = SavedSettings.in(shelf, false);
        tune(users, Setting.FAILURE_THRESHOLD, 9);
        saved.save(List.of(users));
        shelf.broken = true;
        saved.stopping(List.of(orders, users));
        assertThat(log.lines()).isEmpty();
        tune(orders, Setting.FAILURE_THRESHOLD, 7);
        saved.stopping(List.of(orders, users));
        assertThat(log.lines()).singleElement().asString().startsWith("WARNING SGR0019: orders: ");
    }

    @Test
    void changesThatAStoreWhichWasNeverReadCannotHaveAreWarnedOf() {
        shelf.broken = true;
        SavedSettings saved = SavedSettings.in(shelf, false);
        tune(orders, Setting.FAILURE_THRESHOLD, 7);
        saved.stopping(List.of(orders, users));
        assertThat(log.lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("WARNING SGR0016"),
                        line -> assertThat(line).startsWith("WARNING SGR0019: orders: "));
    }
}
