// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values of the keys of MicroProfile Fault Tolerance, as converters of MicroProfile Config read them. */
class MicroProfileKeysTest implements LeavesNoMBeans {
    private static final String BEAN = Service.class.getName();

    @ApplicationScoped
    public static class Service {
        private final AtomicInteger calls = new AtomicInteger();

        @Retry(maxRetries = 2, jitter = 0)
        public void call() {
            fail();
        }

        public void unannotated() {
            fail();
        }

        private void fail() {
            calls.incrementAndGet();
            throw new IllegalStateException("always");
        }

        int calls() {
            return calls.getAndSet(0);
        }
    }

    private static int attempts(String key, String value) {
        try (Application application = new Application(Map.of(key, value), Service.class)) {
            Service service = application.get(Service.class);
            assertThatThrownBy(service::unannotated).isInstanceOf(IllegalStateException.class);
            assertThat(service.calls()).as("without an annotation").isEqualTo(1);
            assertThatThrownBy(service::call).isInstanceOf(IllegalStateException.class);
            return service.calls();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "TRUE", "1", "yes", "Y", "on", " true "})
    void eachWordForTrueSwitchesOn(String value) {
        assertThat(attempts("MP_Fault_Tolerance_NonFallback_Enabled", value)).isEqualTo(3);
        assertThat(attempts("Retry/enabled", value)).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "False", "0", "no", "N", "off"})
    void eachWordForFalseSwitchesOff(String value) {
        assertThat(attempts("MP_Fault_Tolerance_NonFallback_Enabled", value)).isEqualTo(1);
        assertThat(attempts(BEAN + "/call/Retry/enabled", value)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"MP_Fault_Tolerance_NonFallback_Enabled", "Retry/enabled"})
    void anotherWordFailsTheDeployment(String key) {
        assertThatThrownBy(() -> attempts(key, "ture"))
                .hasStackTraceContaining(key + " (system properties) must be true or false but was \"ture\"");
    }

    @ApplicationScoped
    public static class Limited {
        @Timeout
        @Bulkhead
        public void call() {}
    }

    @Test
    void aValueOutOfRangeNamesItsKey() {
        Map<String, String> tooLarge = Map.of(
                "Timeout/value",
                "2",
                "Timeout/unit",
                "DAYS",
                Limited.class.getName() + "/call/Bulkhead/value",
                "2000000");
        assertThatThrownBy(() -> new Application(tooLarge, Limited.class).close())
                .hasStackTraceContaining(
                        "#call(): @Timeout limitMillis, from Timeout/value (system properties), must be")
                .hasStackTraceContaining("#call(): @Bulkhead maxConcurrentCalls, from " + Limited.class.getName()
                        + "/call/Bulkhead/value (system properties) must be");
    }

    @Test
    void spacesAroundAValueAndTheCaseOfAUnitDoNotMatter() {
        assertThat(attempts(BEAN + "/call/Retry/maxRetries", " 4 ")).isEqualTo(5);
        assertThat(attempts("Retry/delayUnit", " millis ")).isEqualTo(3);
        assertThat(attempts("Retry/abortOn", " java.lang.IllegalStateException , java.io.IOException "))
                .isEqualTo(1);
    }

    @Test
    void anEmptyValueIsNone() {
        assertThat(attempts("Retry/abortOn", "")).isEqualTo(3);
        assertThat(attempts("Retry/enabled", " ")).isEqualTo(3);
    }

    @Test
    void aKeyForAMethodWithoutTheAnnotationIsIgnored() {
        assertThat(attempts(BEAN + "/unannotated/Retry/maxRetries", "4")).isEqualTo(3);
        assertThat(attempts(BEAN + "/unannotated/Retry/enabled", "true")).isEqualTo(3);
    }
}
