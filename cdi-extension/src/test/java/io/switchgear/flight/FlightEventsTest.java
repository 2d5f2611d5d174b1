// SPDX-License-Identifier: Apache-2.0
package io.switchgear.flight;

import static io.switchgear.flight.TestRecording.REJECTION;
import static io.switchgear.flight.TestRecording.SETTINGS_CHANGE;
import static io.switchgear.flight.TestRecording.TRANSITION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.CircuitOpenException;
import io.switchgear.FailureRule;
import io.switchgear.breaker.Breaker;
import io.switchgear.breaker.Permit;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.RetrySettings;
import io.switchgear.standalone.Switchgear;
import io.switchgear.status.BreakerMode;
import io.switchgear.time.TestTime;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import jdk.jfr.consumer.RecordedEvent;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class FlightEventsTest {
    private final TestTime time = new TestTime();
    private final Breaker users = breaker(
            "users",
            settings -> settings.failureThreshold(2)
                    .openMillis(60_000)
                    .successThreshold(1)
                    .halfOpenMaxCalls(1));

    private Breaker breaker(String name, UnaryOperator<BreakerSettings.Builder> settings) {
        return new Breaker(
                name,
                settings.apply(BreakerSettings.builder()).build(),
                FailureRule.ANY,
                time,
                time,
                FlightEvents::transition,
                new RejectionRecorder());
    }

    private void trip() {
        ThrowingCallable failing = () -> users.call(() -> {
            throw new IOException("no route\nto host");
        });
        assertThatThrownBy(failing).isExactlyInstanceOf(IOException.class);
        assertThatThrownBy(failing).isExactlyInstanceOf(IOException.class);
    }

    private static void reject(Breaker breaker, int times) {
        for (int call = 0; call < times; call++) {
            assertThatThrownBy(() -> breaker.run(() -> {})).isExactlyInstanceOf(CircuitOpenException.class);
        }
    }

    private static void rejectDuringAnotherCall(Breaker breaker, int times) {
        // a permit of any thread: calls of this thread are not within its call
        Permit permit = breaker.acquire();
        long started = permit.start();
        reject(breaker, times);
        permit.returned("fine", started);
    }

    @Test
    void anOutageIsRecordedWithItsCausesAndDurations() throws IOException {
        try (TestRecording recording = new TestRecording(TRANSITION, REJECTION, SETTINGS_CHANGE)) {
            time.advanceMillis(5_000);
            trip();
            reject(users, 1_000);
            time.advanceMillis(60_000);
            rejectDuringAnotherCall(users, 1);

            assertThat(recording.events())
                    .extracting(FlightEventsTest::line)
                    .containsExactly(
                            "Transition users CLOSED to OPEN after PT5S: 2 consecutive failures (threshold 2), the last"
                                    + " with java.io.IOException: no route to host",
                            "Rejection users OPEN OPEN, another PT1M, 1 calls:"
                                    + " 2 consecutive failures (threshold 2), the last with java.io.IOException",
                            "Rejection users OPEN OPEN, another PT0S, 999 calls:"
                                    + " 2 consecutive failures (threshold 2), the last with java.io.IOException",
                            "Transition users OPEN to HALF_OPEN after PT1M: its time in OPEN is over",
                            "Rejection users HALF_OPEN TRIALS_TAKEN, another PT0S, 1 calls: HalfOpenMaxCalls is 1",
                            "Transition users HALF_OPEN to CLOSED after PT0S: a trial succeeded");
        }
    }

    private static String line(RecordedEvent event) {
        return switch (event.getEventType().getName()) {
            case TRANSITION ->
                "Transition " + event.getString("breaker") + " " + event.getString("from") + " to "
                        + event.getString("to") + " after " + event.getDuration("lasted") + ": "
                        + event.getString("cause");
            case REJECTION ->
                "Rejection " + event.getString("breaker") + " " + event.getString("state") + " "
                        + event.getString("reason") + ", another "
                        + (event.getLong("openRemaining") == Long.MIN_VALUE
                                ? "N/A"
                                : event.getDuration("openRemaining"))
                        + ", "
                        + event.getLong("rejections") + " calls: " + event.getString("cause");
            case SETTINGS_CHANGE ->
                "SettingsChange " + event.getString("kind") + " " + event.getString("name") + ": "
                        + event.getString("change") + ", by " + event.getString("by");
            default -> throw new AssertionError(event);
        };
    }

    @Test
    void aBusyBreakerHasOneEventASecondAndHidesNoRareOne() throws IOException {
        Breaker rare = breaker("rare", settings -> settings);
        users.forceOpen("drill");
        rare.by("alice").setMode(BreakerMode.FORCED_OPEN, Duration.ofMinutes(10), "repairs");
        try (TestRecording recording = new TestRecording(REJECTION)) {
            for (int tick = 0; tick < 30; tick++) {
                reject(users, 100);
                time.advanceMillis(100);
            }
            reject(rare, 1);
            reject(users, 1);

            List<RecordedEvent> events = recording.events();
            assertThat(events)
                    .extracting(FlightEventsTest::line)
                    .containsExactly(
                            "Rejection users OPEN FORCED_OPEN, another N/A, 1 calls: drill",
                            "Rejection users OPEN FORCED_OPEN, another N/A, 1000 calls: drill",
                            "Rejection users OPEN FORCED_OPEN, another N/A, 1000 calls: drill",
                            "Rejection rare OPEN FORCED_OPEN, another PT9M57S, 1 calls: repairs",
                            "Rejection users OPEN FORCED_OPEN, another N/A, 1000 calls: drill");
            assertThat(events)
                    .allSatisfy(event -> assertThat(event.getString("mode")).isEqualTo("FORCED_OPEN"));
        }
    }

    @Test
    void whatIsLeftIsNotRecordedBecauseOfAChangeOfSettings() throws IOException {
        trip();
        try (TestRecording recording = new TestRecording(REJECTION)) {
            reject(users, 10);
            users.update(present -> present.toBuilder().openMillis(90_000).build());
            time.advanceMillis(1_000);
            reject(users, 1);
            assertThat(recording.events())
                    .extracting(event -> event.getDuration("openRemaining") + ", " + event.getLong("rejections"))
                    .containsExactly("PT1M, 1", "PT1M29S, 10");
        }
    }

    @Test
    void tooManyCallsAtOnceAreRecordedWithTheLimit() throws IOException {
        Breaker narrow = breaker("narrow", settings -> settings.maxConcurrentCalls(1));
        try (TestRecording recording = new TestRecording(REJECTION)) {
            rejectDuringAnotherCall(narrow, 3);
            assertThat(recording.events())
                    .extracting(FlightEventsTest::line)
                    .containsExactly("Rejection narrow CLOSED TOO_MANY_CALLS, another PT0S, 1 calls:"
                            + " MaxConcurrentCalls is 1");
        }
    }

    @Test
    void anOpeningByATrialOfABreakerThatNeverTrippedHasACauseToo() throws IOException {
        users.forceOpen("drill");
        users.automatic();
        Permit trial = users.acquire();
        trial.threw(new IOException("still down"), trial.start());
        try (TestRecording recording = new TestRecording(REJECTION)) {
            reject(users, 1);
            assertThat(recording.events())
                    .extracting(FlightEventsTest::line)
                    .containsExactly("Rejection users OPEN OPEN, another PT1M, 1 calls: a trial failed");
        }
    }

    @Test
    void theAuthorOfAForcedModeIsRecordedWithBothModes() throws IOException {
        try (TestRecording recording = new TestRecording(TRANSITION)) {
            users.by("alice").forceOpen("vendor repairs");
            users.by("bob").automatic();

            List<RecordedEvent> events = recording.events();
            assertThat(events)
                    .extracting(event -> event.getString("fromMode") + " to " + event.getString("mode") + ", "
                            + event.getString("cause") + ", by " + event.getString("by"))
                    .containsExactly(
                            "AUTOMATIC to FORCED_OPEN, mode FORCED_OPEN: vendor repairs, by alice",
                            "FORCED_OPEN to AUTOMATIC, mode AUTOMATIC, by bob");
        }
    }

    @Test
    void aWallClockThatIsSetBackCausesNoNegativeDuration() throws IOException {
        try (TestRecording recording = new TestRecording(TRANSITION)) {
            time.stepWallClock(-60_000);
            trip();
            assertThat(recording.events())
                    .singleElement()
                    .extracting(event -> event.getDuration("lasted"))
                    .isEqualTo(Duration.ZERO);
        }
    }

    @Test
    void rejectionsOutsideARecordingAreNotRecordedLater() throws IOException {
        try (TestRecording recording = new TestRecording()) {
            trip();
            reject(users, 10);
            assertThat(recording.events()).isEmpty();
        }
        try (TestRecording recording = new TestRecording(REJECTION)) {
            reject(users, 1);
            assertThat(recording.events()).singleElement().returns(1L, event -> event.getLong("rejections"));
        }
        reject(users, 5);
        assertTheNextPeriodCountsFromOne();
    }

    private void assertTheNextPeriodCountsFromOne() throws IOException {
        users.reset();
        trip();
        time.advanceMillis(1_000);
        try (TestRecording recording = new TestRecording(REJECTION)) {
            reject(users, 1);
            assertThat(recording.events()).singleElement().returns(1L, event -> event.getLong("rejections"));
        }
    }

    @Test
    void whatWasRecordedBeforeThePeriodEndedIsForgottenIfItsEndIsNotRecorded() throws IOException {
        trip();
        try (TestRecording recording = new TestRecording(REJECTION)) {
            reject(users, 10);
            assertThat(recording.events()).hasSize(1);
        }
        assertTheNextPeriodCountsFromOne();
    }

    @Test
    void changesOfSettingsAreRecordedForBreakersAndForWhatIsAroundThem() throws Exception {
        try (TestRecording recording = new TestRecording(TRANSITION, SETTINGS_CHANGE);
                Switchgear switchgear = Switchgear.start("flight test");
                var rates = switchgear
                        .breakers()
                        .guard("rates")
                        .breaker(BreakerSettings.defaults())
                        .retry(RetrySettings.defaults())
                        .build()) {
            rates.breaker()
                    .orElseThrow()
                    .by("alice")
                    .update(present -> present.toBuilder()
                            .failureThreshold(10)
                            .openMillis(30_000)
                            .build());
            rates.retries().orElseThrow().by("bob").update(present -> present.maxAttempts(7));
            rates.breaker().orElseThrow().by("carol").undoLastChange();

            assertThat(recording.events())
                    .extracting(FlightEventsTest::line)
                    .containsExactly(
                            "SettingsChange breaker rates: FailureThreshold from 5 to 10, OpenMillis from 60000 to"
                                    + " 30000, by alice",
                            "SettingsChange retry rates: MaxAttempts from 3 to 7, by bob",
                            "SettingsChange breaker rates: FailureThreshold from 10 to 5, OpenMillis from 30000 to"
                                    + " 60000, by carol");
        }
    }

    @Test
    void breakersOfASwitchgearAreRecordedWithoutCdi() throws Exception {
        try (TestRecording recording = new TestRecording(TRANSITION);
                Switchgear switchgear = Switchgear.start("flight test")) {
            switchgear
                    .breakers()
                    .create("users", BreakerSettings.defaults())
                    .by("alice")
                    .forceOpen("drill");
            assertThat(recording.events())
                    .singleElement()
                    .returns("users", event -> event.getString("breaker"))
                    .returns("alice", event -> event.getString("by"));
        }
    }
}
