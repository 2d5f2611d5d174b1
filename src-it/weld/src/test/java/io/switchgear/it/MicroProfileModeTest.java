// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.message.RecordedLog;
import io.switchgear.settings.RetrySettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Stereotype;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.management.Attribute;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.eclipse.microprofile.faulttolerance.ExecutionContext;
import org.eclipse.microprofile.faulttolerance.Fallback;
import org.eclipse.microprofile.faulttolerance.FallbackHandler;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.junit.jupiter.api.Test;

/** Whether the annotations of MicroProfile act, and what configures them. */
class MicroProfileModeTest implements LeavesNoMBeans {
    private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();
    private static final String BEAN = Service.class.getName();

    @ApplicationScoped
    @Retry(maxRetries = 1, jitter = 0)
    public static class Service {
        private final AtomicInteger calls = new AtomicInteger();

        public void ofClass() {
            fail();
        }

        @Retry(maxRetries = 2, jitter = 0)
        public void ofMethod() {
            fail();
        }

        private void fail() {
            calls.incrementAndGet();
            throw new IllegalStateException("always");
        }

        int calls() {
            return calls.get();
        }
    }

    private static ObjectName retry(String name) throws Exception {
        return new ObjectName("io.switchgear:type=Retries,application=default,name=" + ObjectName.quote(name));
    }

    private static int callsOf(Map<String, String> properties, boolean ofMethod) {
        try (Application application = new Application(properties, Service.class)) {
            Service service = application.get(Service.class);
            assertThatThrownBy(ofMethod ? service::ofMethod : service::ofClass)
                    .isInstanceOf(IllegalStateException.class);
            return service.calls();
        }
    }

    // ---- the switch

    @Test
    void withTheApiAndNoImplementationTheAnnotationsAct() {
        try (RecordedLog log = new RecordedLog()) {
            assertThat(callsOf(Map.of(), true)).isEqualTo(3);
            assertThat(callsOf(Map.of(), false)).isEqualTo(2);
            assertThat(log.lines()).anyMatch(line -> line.contains("SGR0059"));
        }
    }

    @Test
    void switchedOffTheyAreLeftToOthers() {
        assertThat(callsOf(Map.of("switchgear.microprofile", "false"), true)).isEqualTo(1);
    }

    @Test
    void aSwitchThatIsNeitherOnNorOffFailsTheDeployment() {
        assertThatThrownBy(() -> callsOf(Map.of("switchgear.microprofile", "yes"), true))
                .hasStackTraceContaining("switchgear.microprofile")
                .hasStackTraceContaining("must be true or false but was \"yes\"");
    }

    // ---- configuration

    @Test
    void aKeyOfTheMethodIsForItsOwnAnnotation() {
        assertThat(callsOf(Map.of(BEAN + "/ofMethod/Retry/maxRetries", "4"), true))
                .isEqualTo(5);
        assertThat(callsOf(Map.of(BEAN + "/ofClass/Retry/maxRetries", "4"), false))
                .isEqualTo(2);
    }

    @Test
    void aKeyOfTheClassIsForTheAnnotationOfTheClass() {
        assertThat(callsOf(Map.of(BEAN + "/Retry/maxRetries", "4"), false)).isEqualTo(5);
        assertThat(callsOf(Map.of(BEAN + "/Retry/maxRetries", "4"), true)).isEqualTo(3);
    }

    @Test
    void aKeyForAllIsTheWeakest() {
        assertThat(callsOf(Map.of("Retry/maxRetries", "5"), true)).isEqualTo(6);
        assertThat(callsOf(Map.of("Retry/maxRetries", "5", BEAN + "/Retry/maxRetries", "3"), false))
                .isEqualTo(4);
    }

    @Test
    void theKeysOfThisLibraryAreStronger() {
        assertThat(callsOf(
                        Map.of(
                                BEAN + "/ofMethod/Retry/maxRetries",
                                "4",
                                "switchgear.retry.\"Service#ofMethod()\".max-attempts",
                                "2"),
                        true))
                .isEqualTo(2);
    }

    @Test
    void theConsoleShowsTheKeyOfMicroProfileAsTheOrigin() throws Exception {
        try (Application application =
                new Application(Map.of(BEAN + "/ofMethod/Retry/maxRetries", "4"), Service.class)) {
            application.get(Service.class);
            assertThat(SERVER.getAttribute(retry("Service#ofMethod()"), "Settings")
                            .toString())
                    .contains(BEAN + "/ofMethod/Retry/maxRetries (system properties)");
        }
    }

    @Test
    void whatIsDisabledIsShownAsOffAndCanBeSwitchedOn() throws Exception {
        try (Application application =
                new Application(Map.of("MP_Fault_Tolerance_NonFallback_Enabled", "false"), Service.class)) {
            Service service = application.get(Service.class);
            assertThatThrownBy(service::ofMethod).isInstanceOf(IllegalStateException.class);
            assertThat(service.calls()).isEqualTo(1);
            ObjectName retry = retry("Service#ofMethod()");
            assertThat(SERVER.getAttribute(retry, "Enabled")).hasToString("false");

            SERVER.setAttribute(retry, new Attribute("Enabled", true));
            assertThatThrownBy(service::ofMethod).isInstanceOf(IllegalStateException.class);
            assertThat(service.calls()).isEqualTo(4);
        }
    }

    @Test
    void whatIsEnabledForOneMethodActsAlthoughAllElseIsDisabled() {
        Map<String, String> properties =
                Map.of("MP_Fault_Tolerance_NonFallback_Enabled", "false", BEAN + "/ofClass/Retry/enabled", "true");
        assertThat(callsOf(properties, false)).isEqualTo(2);
        assertThat(callsOf(properties, true)).isEqualTo(1);
    }

    @ApplicationScoped
    public static class Defaults {
        @Retry
        public void call() {}
    }

    @Test
    void theDefaultsOfMicroProfileHaveNoBudgetAndTheirOwnJitter() throws Exception {
        Map<String, Object> expected = Map.of(
                "MaxAttempts",
                4,
                "DelayMillis",
                0L,
                "BackoffFactor",
                1.0,
                "JitterPercent",
                0.0,
                "JitterMillis",
                200L,
                "MaxDurationMillis",
                180_000L,
                "MinRetriesPerSecond",
                RetrySettings.NO_BUDGET);
        try (Application application = new Application(Defaults.class)) {
            application.get(Defaults.class).call();
            for (Map.Entry<String, Object> each : expected.entrySet()) {
                assertThat(SERVER.getAttribute(retry("Defaults#call()"), each.getKey()))
                        .as(each.getKey())
                        .isEqualTo(each.getValue());
            }
        }
    }

    // ---- places of annotations

    @Stereotype
    @Retry(maxRetries = 3, jitter = 0)
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.TYPE)
    public @interface Patient {}

    @ApplicationScoped
    @Patient
    public static class OfStereotype extends Service {
        @Override
        @Retry(maxRetries = 0)
        public void ofMethod() {
            super.ofMethod();
        }
    }

    @Test
    void aStereotypeAndAnOverriddenMethodCountAsTheSpecificationSays() {
        try (Application application = new Application(OfStereotype.class)) {
            OfStereotype service = application.get(OfStereotype.class);
            assertThatThrownBy(service::ofMethod).isInstanceOf(IllegalStateException.class);
            assertThat(service.calls()).isEqualTo(1);
            // the annotation that the class inherits is stronger than that of the stereotype
            assertThatThrownBy(service::ofClass).isInstanceOf(IllegalStateException.class);
            assertThat(service.calls()).isEqualTo(3);
        }
    }

    // ---- handlers

    public static class Greeting implements FallbackHandler<String> {
        @Override
        public String handle(ExecutionContext context) {
            return context.getMethod().getName()
                    + context.getParameters()[0]
                    + context.getFailure().getMessage();
        }
    }

    @ApplicationScoped
    public static class Handled {
        @Fallback(Greeting.class)
        public String call(String argument) {
            throw new IllegalStateException(" failed");
        }
    }

    @Test
    void aHandlerNeedNotBeABean() {
        try (Application application = new Application(Handled.class)) {
            assertThat(application.get(Handled.class).call(" one")).isEqualTo("call one failed");
        }
        try (Application application = new Application(Handled.class, Greeting.class)) {
            assertThat(application.get(Handled.class).call(" two")).isEqualTo("call two failed");
        }
    }
}
