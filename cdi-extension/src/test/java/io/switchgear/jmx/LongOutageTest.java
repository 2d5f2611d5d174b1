// SPDX-License-Identifier: Apache-2.0
package io.switchgear.jmx;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.breaker.Permit;
import io.switchgear.settings.Setting;
import io.switchgear.status.BreakerStatus;
import io.switchgear.status.CircuitState;
import io.switchgear.status.StatusReport;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.management.openmbean.TabularData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The beginning of an outage, and how far its end is, however long it takes. */
class LongOutageTest {
    private static final String REASON = "CLOSED to OPEN: 3 consecutive failures (threshold 3), the last with";

    private final TestConsole console = new TestConsole("orders");

    @BeforeEach
    void begin() {
        console.breakers.get("orders").update(now -> now.with(Map.of(Setting.OPEN_MILLIS, 10_000)));
        console.fail("orders", 3);
    }

    @AfterEach
    void close() {
        console.close();
    }

    private void failedTrials(int times) {
        for (int i = 0; i < times; i++) {
            console.time.advanceMillis(10_000);
            console.fail("orders", 1);
        }
    }

    private void closesAgain() {
        console.time.advanceMillis(10_000);
        for (int i = 0; i < 3; i++) {
            console.breakers.get("orders").acquire().returned("ok", 0);
        }
    }

    private List<String> transitions() throws Exception {
        return List.of((String[]) console.get("orders", "Transitions"));
    }

    @Test
    void theReasonOfTheOutageStaysInTheHistory() throws Exception {
        failedTrials(500);
        assertThat(transitions()).hasSize(50);
        assertThat(transitions().get(49)).contains("OpenMillis from 60000 to 10000");
        assertThat(transitions().get(48)).contains(REASON);
        assertThat(transitions().get(0)).contains("HALF_OPEN to OPEN: a trial failed");
        assertThat(((TabularData) console.get("orders", "TransitionTable")).size())
                .isEqualTo(50);
    }

    @Test
    void operatorActionsDuringAnOutageStayToo() throws Exception {
        failedTrials(10);
        console.invoke("orders", "changeSettings", "FailureThreshold=4");
        console.invoke("orders", "halfOpenNow");
        console.fail("orders", 1);
        failedTrials(100);
        assertThat(transitions()).hasSize(50);
        assertThat(transitions().subList(46, 50))
                .satisfiesExactly(
                        line -> assertThat(line).contains("half-open ahead of time"),
                        line -> assertThat(line).contains("FailureThreshold from 3 to 4"),
                        line -> assertThat(line).contains(REASON),
                        line -> assertThat(line).contains("OpenMillis"));
    }

    @Test
    void withoutFailedTrialsTheOldestGoFirst() throws Exception {
        for (int i = 0; i < 60; i++) {
            console.invoke("orders", "changeSettings", "FailureThreshold=" + (4 + i));
        }
        assertThat(transitions()).hasSize(50);
        assertThat(transitions().get(0)).contains("FailureThreshold from 62 to 63");
        assertThat(transitions().get(49)).contains("FailureThreshold from 13 to 14");
    }

    @Test
    void tripsAreOutagesAndOpeningsAreFailedTrialsToo() throws Exception {
        failedTrials(5);
        closesAgain();
        console.fail("orders", 3);
        assertThat(console.get("orders", "TripsTotal")).isEqualTo(2L);
        assertThat(console.get("orders", "OpenedTotal")).isEqualTo(7L);
        console.invoke("orders", "forceClosed", "");
        console.invoke("orders", "forceOpen", "drill");
        assertThat(console.get("orders", "TripsTotal")).isEqualTo(2L);
        console.invoke("orders", "resetTotals");
        assertThat(console.get("orders", "TripsTotal")).isEqualTo(0L);
    }

    @Test
    void anObservedOpeningIsNoTrip() throws Exception {
        closesAgain();
        console.breakers.get("orders").observe("new here");
        console.fail("orders", 3);
        assertThat(console.get("orders", "TripsTotal")).isEqualTo(1L);
        assertThat(console.get("orders", "ObservedOpenedTotal")).isEqualTo(1L);
    }

    @Test
    void theSuccessesOfTrialsAreShown() throws Exception {
        assertThat(console.get("orders", "TrialSuccesses")).isEqualTo(0);
        console.time.advanceMillis(10_000);
        assertThat(console.get("orders", "TrialSuccesses")).isEqualTo(0);
        List<Permit> trials = IntStream.range(0, 3)
                .mapToObj(i -> console.breakers.get("orders").acquire())
                .toList();
        trials.get(0).returned("ok", 0);
        trials.get(1).returned("ok", 0);
        assertThat(console.get("orders", "TrialSuccesses")).isEqualTo(2);
        assertThat(report().trialSuccesses()).isEqualTo(2);
        trials.get(2).threw(new IOException("down"), 0);
        assertThat(console.get("orders", "State")).isEqualTo("OPEN");
        assertThat(console.get("orders", "TrialSuccesses")).isEqualTo(0);
        closesAgain();
        assertThat(console.get("orders", "TrialSuccesses")).isEqualTo(0);
    }

    private BreakerStatus report() {
        return StatusReport.of(List.of(console.breakers.get("orders").snapshot()), List.of(), console.time.instant())
                .breakers()
                .get(0);
    }

    @Test
    void theReportHasTheTimeOfTheLastFailure() {
        failedTrials(2);
        console.time.advanceMillis(5_000);
        assertThat(report())
                .returns(CircuitState.OPEN, BreakerStatus::state)
                .returns("java.io.IOException", BreakerStatus::lastFailure)
                .returns(console.time.instant().minusMillis(5_000), BreakerStatus::lastFailureTime);
        closesAgain();
        assertThat(report().lastFailureTime()).isEqualTo(console.time.instant().minusMillis(15_000));
    }
}
