// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.enterprise.context.ApplicationScoped;
import java.lang.management.ManagementFactory;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import javax.management.Attribute;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Fallback;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What holds for the annotations of each kind. */
class MicroProfileKindsTest implements LeavesNoMBeans {
    private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();

    @ApplicationScoped
    public static class Service {
        @CircuitBreaker
        @Retry
        @Timeout
        @Bulkhead
        @Fallback(fallbackMethod = "instead")
        public String call() {
            return "called";
        }

        String instead() {
            return "instead";
        }
    }

    private static Object attribute(Map<String, String> properties, String type, String attribute) throws Exception {
        try (Application application = new Application(properties, Service.class)) {
            application.get(Service.class).call();
            return SERVER.getAttribute(mbean(type), attribute);
        }
    }

    private static ObjectName mbean(String type) throws Exception {
        return new ObjectName("io.switchgear:type=" + type + ",application=default,name=\"Service#call()\"");
    }

    @ParameterizedTest
    @CsvSource({
        "CircuitBreakers, CircuitBreaker/delay, OpenMillis, switchgear.breaker, open-millis",
        "Retries, Retry/maxDuration, MaxDurationMillis, switchgear.retry, max-duration-millis",
        "TimeLimits, Timeout/value, LimitMillis, switchgear.time-limit, limit-millis",
        "Bulkheads, Bulkhead/value, MaxConcurrentCalls, switchgear.bulkhead, max-concurrent-calls",
    })
    void aKeyOfMicroProfileIsTheOriginOfAValueUnlessOneOfThisLibraryIsThere(
            String type, String key, String attribute, String ownKind, String ownSetting) throws Exception {
        Map<String, String> ofMicroProfile = Map.of(key, "1234");
        assertThat(attribute(ofMicroProfile, type, attribute)).hasToString("1234");
        assertThat(attribute(ofMicroProfile, type, "Settings").toString()).contains(key + " (system properties)");

        String own = ownKind + ".\"Service#*\"." + ownSetting;
        Map<String, String> both = Map.of(key, "1234", own, "4321");
        assertThat(attribute(both, type, attribute)).hasToString("4321");
        assertThat(attribute(both, type, "Settings").toString())
                .contains(own)
                .doesNotContain(key + " (system properties)");
    }

    @ParameterizedTest
    @CsvSource({
        "CircuitBreakers, CircuitBreaker",
        "Retries, Retry",
        "TimeLimits, Timeout",
        "Bulkheads, Bulkhead",
        "Fallbacks, Fallback",
    })
    void whatAKeyDisablesHasAnMBeanOnWhichItIsSwitchedOn(String type, String kind) throws Exception {
        String key = kind + "/enabled";
        try (Application application = new Application(Map.of(key, "false"), Service.class)) {
            Service service = application.get(Service.class);
            assertThat(service.call()).isEqualTo("called");
            assertThat(SERVER.getAttribute(mbean(type), "Enabled")).hasToString("false");
            assertThat(SERVER.getAttribute(mbean(type), "Settings").toString()).contains(key + " (system properties)");

            SERVER.setAttribute(mbean(type), new Attribute("Enabled", true));
            assertThat(SERVER.getAttribute(mbean(type), "Enabled")).hasToString("true");
            assertThat(service.call()).isEqualTo("called");
        }
    }

    @ApplicationScoped
    public static class AtTheirMaxima {
        @CircuitBreaker(requestVolumeThreshold = 1_000_000, delay = 7, delayUnit = ChronoUnit.DAYS)
        @Retry(
                maxRetries = -1,
                delay = 1,
                delayUnit = ChronoUnit.HOURS,
                jitter = 1,
                jitterDelayUnit = ChronoUnit.HOURS,
                maxDuration = 1,
                durationUnit = ChronoUnit.DAYS)
        @Timeout(value = 1, unit = ChronoUnit.DAYS)
        @Bulkhead(1_000_000)
        public void call() {}
    }

    @Test
    void theLargestValuesAreAcceptedAndLargerOnesRefused() {
        new Application(AtTheirMaxima.class).close();
        String prefix = AtTheirMaxima.class.getName() + "/call/";
        for (Map.Entry<String, String> each : Map.of(
                        "CircuitBreaker/requestVolumeThreshold", "1000001",
                        "CircuitBreaker/delay", "8",
                        "Retry/delay", "2",
                        "Retry/jitter", "2",
                        "Retry/maxDuration", "2",
                        "Timeout/value", "2",
                        "Bulkhead/value", "1000001")
                .entrySet()) {
            assertThatThrownBy(() -> new Application(
                                    Map.of(prefix + each.getKey(), each.getValue()), AtTheirMaxima.class)
                            .close())
                    .hasStackTraceContaining(prefix + each.getKey() + " (system properties)");
        }
    }
}
