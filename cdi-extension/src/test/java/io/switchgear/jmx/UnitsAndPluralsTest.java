// SPDX-License-Identifier: Apache-2.0
package io.switchgear.jmx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.breaker.Breaker;
import io.switchgear.breaker.Permit;
import io.switchgear.settings.Setting;
import io.switchgear.settings.TripOn;
import io.switchgear.status.StatusReport;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.management.MBeanAttributeInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The units of attributes, and numbers with their nouns. */
class UnitsAndPluralsTest {
    private static final String ONE_OF_MANY = "(?s).*\\b(?<![.,-])1 (?!ms\\b)[a-z]+s\\b.*";

    private final TestConsole console = new TestConsole("orders");

    @AfterEach
    void close() {
        console.close();
    }

    private static Stream<MBeanModel<?, ?>> models() {
        return Stream.of(Models.APPLICATION, Models.BREAKER, Models.RETRY, Models.FALLBACK, Models.SERVICE);
    }

    @ParameterizedTest
    @MethodSource("models")
    void aUnitIsAUnit(MBeanModel<?, ?> model) {
        List<Object> units = Arrays.stream(model.info(getClass(), true, "").getAttributes())
                .map(MBeanAttributeInfo::getDescriptor)
                .map(descriptor -> descriptor.getFieldValue("units"))
                .filter(unit -> unit != null)
                .toList();
        assertThat(units).allSatisfy(unit -> assertThat((String) unit).matches("[a-z]*(/s)?"));
        if (model == Models.BREAKER) {
            assertThat(units).contains("failures", "percent", "milliseconds", "calls", "trials", "times");
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void numbersThatCountHaveAUnit(MBeanModel<?, ?> model) {
        assertThat(Arrays.stream(model.info(getClass(), true, "").getAttributes())
                        .filter(info -> info.getName().endsWith("Total")))
                .allSatisfy(info -> assertThat((String) info.getDescriptor().getFieldValue("units"))
                        .isNotBlank());
    }

    @Test
    void oneCallIsOneCall() throws Exception {
        Breaker orders = console.breakers.get("orders");
        for (TripOn tripOn : TripOn.values()) {
            orders.update(now -> now.with(Map.of(
                    Setting.TRIP_ON,
                    tripOn,
                    Setting.FAILURE_THRESHOLD,
                    1,
                    Setting.MINIMUM_CALLS,
                    1,
                    Setting.SLOW_CALL_MILLIS,
                    1,
                    Setting.SUCCESS_THRESHOLD,
                    1)));
            console.fail("orders", 1);
            assertThat(orders.snapshot().lastTrip()).doesNotMatch(ONE_OF_MANY);
            assertThat(StatusReport.of(List.of(orders.snapshot()), List.of(), console.time.instant())
                            .lines(1))
                    .noneMatch(line -> line.matches(ONE_OF_MANY));
            orders.halfOpenNow();
            Permit permit = orders.acquire();
            permit.returned("ok", permit.start());
        }
        assertThat(List.of((String[]) console.get("orders", "Transitions")))
                .hasSizeGreaterThan(6)
                .noneMatch(line -> line.matches(ONE_OF_MANY));
    }

    @Test
    void oneParameterIsOneParameter() {
        assertThatThrownBy(() -> console.invoke("orders", "sing", "a"))
                .rootCause()
                .hasMessageEndingWith("with 1 parameter");
        assertThatThrownBy(() -> console.invoke("orders", "sing", "a", "b"))
                .rootCause()
                .hasMessageEndingWith("with 2 parameters");
    }
}
