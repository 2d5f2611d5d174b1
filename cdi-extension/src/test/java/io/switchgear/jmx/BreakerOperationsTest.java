// SPDX-License-Identifier: Apache-2.0
package io.switchgear.jmx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Date;
import java.util.stream.Stream;
import javax.management.ReflectionException;
import javax.management.RuntimeMBeanException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How the mode of a breaker is set by {@link BreakerOperations} or the attribute of its MBean. */
class BreakerOperationsTest extends BreakerMBeanTestCase {
    @Test
    void theModeIsSetAsAnAttributeOrByOperationsWithAReason() throws Exception {
        set("Mode", "FORCED_OPEN");
        assertThat(get("State")).isEqualTo("OPEN");
        invoke("forceClosed", "no harm done");
        assertThat(get("State")).isEqualTo("CLOSED");
        assertThat(get("ModeReason")).isEqualTo("no harm done");
        invoke("observe", "String");
        assertThat(get("Mode")).isEqualTo("OBSERVING");
        assertThat(get("ModeReason")).as("what JConsole prefills is no reason").isEqualTo("");
        invoke("forceOpen", (Object) null);
        invoke("reset");
        assertThat(get("State")).isEqualTo("CLOSED");
        assertThat(get("Mode")).isEqualTo("AUTOMATIC");
    }

    @Test
    void aModeCanEndByItself() throws Exception {
        invoke("forceOpenFor", 30, "maintenance");
        assertThat(get("Mode")).isEqualTo("FORCED_OPEN");
        assertThat(get("ModeUntil")).isEqualTo(Date.from(time.instant().plusSeconds(1_800)));
        assertThat(get("LastChange").toString())
                .contains("mode FORCED_OPEN until 2026-01-01T00:30:00Z: maintenance, by ");
        time.advanceMillis(1_800_000);
        assertThat(get("Mode")).isEqualTo("AUTOMATIC");
        assertThat(get("State")).isEqualTo("HALF_OPEN");
        invoke("forceClosedFor", "5", "String");
        assertThat(get("Mode")).isEqualTo("FORCED_CLOSED");
        assertThat(get("ModeReason")).isEqualTo("");
        time.advanceMillis(300_000);
        fail(3);
        assertThat(get("State")).isEqualTo("OPEN");
        invoke("halfOpenNow");
        assertThat(get("State")).isEqualTo("HALF_OPEN");
    }

    @Test
    void writingTheModeThatIsLeavesItsReasonAndItsEnd() throws Exception {
        invoke("forceOpenFor", 30, "maintenance");
        Object until = get("ModeUntil");
        set("Mode", "FORCED_OPEN");
        assertThat(get("ModeUntil")).isEqualTo(until);
        assertThat(get("ModeReason")).isEqualTo("maintenance");
    }

    static Stream<Object> badMinutes() {
        return Stream.of(0, -1, 10_081, Long.MAX_VALUE, "soon", "", 1.5, Double.NaN);
    }

    @ParameterizedTest
    @MethodSource("badMinutes")
    void minutesOutOfRangeAreRefusedWithASentence(Object minutes) throws Exception {
        assertThatThrownBy(() -> invoke("forceOpenFor", minutes, "drill"))
                .isExactlyInstanceOf(RuntimeMBeanException.class)
                .cause()
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("minutes must be a whole number >= 1 and <= 10080 but was ");
        assertThat(get("Mode")).isEqualTo("AUTOMATIC");
        assertThat(get("LastRefusedChange").toString()).contains("minutes must be");
    }

    @Test
    void anUnknownOperationIsRefusedByName() {
        assertThatThrownBy(() -> invoke("explode"))
                .isExactlyInstanceOf(ReflectionException.class)
                .hasRootCauseMessage("A breaker has no operation explode with 0 parameters");
        assertThatThrownBy(() -> invoke("forceOpen", "two", "reasons")).isExactlyInstanceOf(ReflectionException.class);
    }
}
