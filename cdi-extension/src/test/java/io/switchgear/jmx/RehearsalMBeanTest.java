// SPDX-License-Identifier: Apache-2.0
package io.switchgear.jmx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.switchgear.FailureRule;
import io.switchgear.breaker.Breaker;
import io.switchgear.settings.BreakerSettings;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import javax.management.Notification;
import javax.management.RuntimeMBeanException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Rehearsals from a console. */
class RehearsalMBeanTest extends BreakerMBeanTestCase {
    @Test
    void settingsAreRehearsedAndCompared() throws Exception {
        assertThat((String) invoke("rehearse", "FailureThreshold=1, OpenMillis=20000"))
                .contains("FailureThreshold=1\n")
                .contains("OpenMillis=20000");
        assertThat(get("RehearsedSettings")).isEqualTo("FailureThreshold=1, OpenMillis=20000");
        assertThat(get("RehearsedState")).isEqualTo("CLOSED");
        assertThat(get("RehearsalSince")).isEqualTo(Date.from(time.instant()));
        assertThat((String) get("RehearsalBy")).isNotEmpty();
        fail(2);
        breaker.run(() -> {});
        assertThat(get("State")).isEqualTo("CLOSED");
        assertThat(get("RehearsedState")).isEqualTo("OPEN");
        assertThat(get("RehearsedOpened")).isEqualTo(1L);
        assertThat(get("OpenedSinceRehearsal")).isEqualTo(0L);
        assertThat(get("RehearsedRejected")).isEqualTo(2L);
        assertThat(get("RejectedSinceRehearsal")).isEqualTo(0L);
        assertThat(get("RehearsedLostSuccesses")).isEqualTo(1L);
        assertThat(get("RehearsedUnseenCalls")).isEqualTo(0L);
        assertThat(get("RehearsedAdmittedPercent")).isEqualTo(0.0);
        assertThat((String) get("RehearsedLastTrip")).startsWith("1 failure (threshold 1)");
        assertThat(invoke("endRehearsal"))
                .isEqualTo(
                        "opened once, the breaker 0 times; rejected 2 calls, the breaker 0 calls; of the calls that it"
                                + " would have rejected, 1 succeeded");
        assertThat(get("LastChange")).as("nothing was changed").isEqualTo("");
    }

    @Test
    void aRehearsalSendsNothingAndLeavesNothingToExport() throws Exception {
        List<Notification> received = console.subscribed(breaker.name());
        Object exported = console.invoke("", "exportSettings");
        invoke("rehearse", "FailureThreshold=1, OpenMillis=0");
        fail(1);
        breaker.run(() -> {});
        assertThat(get("RehearsedOpened")).isEqualTo(1L);
        assertThat(console.invoke("", "exportSettings")).isEqualTo(exported);
        assertThat(get("ChangedSettings")).isEqualTo("");
        assertThat(get("Transitions")).isEqualTo(new String[0]);
        invoke("endRehearsal");
        set("FailureThreshold", 7);
        await().until(() -> !received.isEmpty());
        assertThat(received).singleElement().extracting(Notification::getType).isEqualTo("jmx.attribute.change");
    }

    @Test
    void withoutARehearsalTheAttributesAreEmpty() throws Exception {
        assertThat(all())
                .containsEntry("RehearsedSettings", "")
                .containsEntry("Rehearsal", "")
                .containsEntry("RehearsalBy", "")
                .containsEntry("RehearsalSince", null)
                .containsEntry("RehearsedState", "")
                .containsEntry("RehearsedAdmittedPercent", Double.NaN)
                .containsEntry("RehearsedRejected", 0L)
                .containsEntry("RehearsedLastTrip", "");
        for (String operation : new String[] {"endRehearsal", "applyRehearsal"}) {
            assertThatThrownBy(() -> invoke(operation))
                    .rootCause()
                    .hasMessage("no rehearsal is running; rehearse begins one");
        }
    }

    @Test
    void appliedItIsAChangeThatCanBeUndone() throws Exception {
        invoke("rehearse", "FailureThreshold=1");
        assertThat((String) invoke("applyRehearsal")).contains("FailureThreshold=1\n");
        assertThat(get("FailureThreshold")).isEqualTo(1);
        assertThat((String) get("ChangedSettings")).startsWith("FailureThreshold=1 (");
        assertThat((String) get("LastChange")).contains("FailureThreshold from 3 to 1, by ");
        assertThat(get("Rehearsal")).isEqualTo("");
        invoke("undoLastChange");
        assertThat(get("FailureThreshold")).isEqualTo(3);
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of(
                        "FailureThreshold=0", "FailureThreshold must be a whole number >= 1 and <= 1000000 but was "),
                Arguments.of(
                        "TripOn=CALL_WINDOW, MinimumCalls=200",
                        "MinimumCalls must be <= WindowCalls (100, the default) but was 200"),
                Arguments.of("Threshold=1", "\"Threshold\" is no setting of a breaker; settings are "),
                Arguments.of("", "changes must be like MinimumCalls=10, WindowCalls=50 but was "));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void aBadRehearsalIsRefusedLikeABadChangeAndTheOneThatRunsGoesOn(String changes, String message) throws Exception {
        invoke("rehearse", "FailureThreshold=2");
        for (String operation : new String[] {"rehearse", "changeSettings"}) {
            assertThatThrownBy(() -> invoke(operation, changes))
                    .isExactlyInstanceOf(RuntimeMBeanException.class)
                    .rootCause()
                    .isExactlyInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith(message);
            assertThat((String) get("LastRefusedChange")).contains(message);
        }
        assertThat(get("RehearsedSettings")).isEqualTo("FailureThreshold=2");
    }

    @Test
    void aRehearsalThatContradictsTheSettingsInForceIsNotApplied() throws Exception {
        invoke("changeSettings", "TripOn=CALL_WINDOW, WindowCalls=50");
        invoke("rehearse", "MinimumCalls=40");
        invoke("changeSettings", "WindowCalls=30");
        assertThat(get("RehearsedSettings")).isEqualTo("WindowCalls=50, MinimumCalls=40");
        assertThatThrownBy(() -> invoke("applyRehearsal"))
                .rootCause()
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("MinimumCalls must be <= WindowCalls (30) but was 40");
        invoke("rehearse", "WindowCalls=30");
        assertThat(get("RehearsedSettings")).isEqualTo("as in force");
    }

    @Test
    void manyBreakersRehearseTogetherOrNone() throws Exception {
        console.add(new Breaker("stock", BreakerSettings.defaults(), FailureRule.ANY, transition -> {}), Origin.CODE);
        BreakerSettings off = BreakerSettings.builder().enabled(false).build();
        console.add(new Breaker("users", off, FailureRule.ANY, transition -> {}), Origin.CODE);
        assertThatThrownBy(() -> console.invoke("", "rehearse", "*", "FailureThreshold=2"))
                .rootCause()
                .hasMessage(
                        "nothing was changed, since users refuses: rehearse needs a breaker that is on, as one that is"
                                + " off judges no calls; set Enabled to true first");
        assertThat(get("RehearsedSettings")).isEqualTo("");
        assertThat((String[]) console.invoke("", "rehearse", "s*", "FailureThreshold=2"))
                .containsExactly("stock");
        assertThat((String[]) console.invoke("", "endRehearsal", "*"))
                .containsExactly(
                        "stock: opened 0 times, the breaker 0 times; rejected 0 calls, the breaker 0 calls; of the"
                                + " calls that it would have rejected, 0 succeeded");
    }
}
