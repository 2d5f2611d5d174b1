// SPDX-License-Identifier: Apache-2.0
package io.switchgear.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.CircuitBreaker;
import io.switchgear.message.RecordedLog;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.Setting;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.management.Attribute;
import javax.management.JMException;
import javax.management.MBeanException;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No single step takes more memory for call windows than {@link BreakerSettings#MAX_TOTAL_WINDOW_CALLS} allows. */
class WindowsThatTakeTooMuchMemoryTest {
    private static final String LARGEST = "TripOn=CALL_WINDOW, WindowCalls=1000000";

    private TestShop shop = new TestShop();

    @AfterEach
    void close() {
        shop.close();
    }

    private static String[] invoke(String operation, String... parameters) throws JMException {
        String[] signature = new String[parameters.length];
        Arrays.fill(signature, "java.lang.String");
        try {
            return (String[]) ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("io.switchgear:type=CircuitBreakers,application=test shop"),
                            operation,
                            parameters,
                            signature);
        } catch (RuntimeMBeanException refused) {
            throw refused.getTargetException();
        } catch (MBeanException refused) {
            throw new AssertionError(refused);
        }
    }

    private void create(int count) {
        for (int i = 0; i < count; i++) {
            shop.breakers().create("b" + i, TestShop.SETTINGS);
        }
    }

    private long total() {
        return shop.breakers().all().stream()
                .mapToLong(breaker -> breaker.snapshot().settings().windowCalls())
                .sum();
    }

    @Test
    void aChangeOfManyIsRefusedBeforeAnythingIsChanged() {
        create(101);
        assertThatThrownBy(() -> invoke("changeSettings", "*", LARGEST))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("nothing was changed, since WindowCalls of all breakers together must be <= 100000000 but"
                        + " would be 101000000; choose fewer breakers or a smaller WindowCalls");
        assertThat(shop.breakers().all())
                .allMatch(breaker -> breaker.snapshot().settings().equals(TestShop.SETTINGS));
    }

    @Test
    void severalChangesTogetherAreNotMoreThanOne() throws JMException {
        create(101);
        assertThat(invoke("changeSettings", "b?", LARGEST)).hasSize(10);
        assertThatThrownBy(() -> invoke("changeSettings", "b??", LARGEST))
                .hasMessageContaining("but would be 100000100;");
        assertThat(invoke("changeSettings", "b1?", LARGEST)).hasSize(10);
        assertThat(total()).isEqualTo(20_000_000 + 81 * 100);
    }

    @Test
    void rehearsalsCountAndFollow() throws JMException {
        create(101);
        assertThatThrownBy(() -> invoke("rehearse", "*", LARGEST)).hasMessageContaining("but would be 101010100;");
        assertThat(invoke("rehearse", "b?", LARGEST)).hasSize(10);
        assertThat(invoke("rehearse", "b?", LARGEST)).as("again").hasSize(10);
        assertThatThrownBy(() -> invoke("rehearse", "b??", LARGEST)).hasMessageContaining("but would be 100010100;");
        assertThat(invoke("endRehearsal", "*")).hasSize(10);
        assertThat(invoke("rehearse", "*", "FailureThreshold=7")).hasSize(101);
        assertThatThrownBy(() -> invoke("changeSettings", "*", "WindowCalls=500000"))
                .hasMessageContaining("but would be 101000000;");
        assertThat(invoke("changeSettings", "*", "WindowCalls=490000")).hasSize(101);
    }

    @Test
    void theLengthAloneCountsSoThatAPolicyCanBeChangedLater() throws JMException {
        create(101);
        assertThatThrownBy(() -> invoke("changeSettings", "*", "WindowCalls=1000000"))
                .hasMessageContaining("would be 101000000");
        assertThat(invoke("changeSettings", "*", "WindowCalls=900000")).hasSize(101);
        assertThat(invoke("changeSettings", "*", "TripOn=CALL_WINDOW")).hasSize(101);
    }

    @Test
    void aChangeThatShortensWindowsIsNeverRefused() throws Exception {
        create(101);
        for (CircuitBreaker breaker : shop.breakers().all()) {
            ManagementFactory.getPlatformMBeanServer()
                    .setAttribute(
                            new ObjectName("io.switchgear:type=CircuitBreakers,application=test shop,name="
                                    + ObjectName.quote(breaker.name())),
                            new Attribute("WindowCalls", 1_000_000));
        }
        assertThat(total()).as("each alone is allowed").isEqualTo(101_000_000);
        assertThat(invoke("changeSettings", "b1*", "WindowCalls=999999")).hasSize(12);
        assertThat(invoke("changeSettings", "*", "FailureThreshold=9")).hasSize(101);
        assertThat(invoke("revertSettings", "*")).hasSize(101);
        assertThat(total()).isEqualTo(101 * 100);
    }

    @Test
    void whatIsRevertedOrUndoneIsWhatWasAllowedBefore() throws JMException {
        create(101);
        invoke("changeSettings", "*", "WindowCalls=900000");
        shop.breakers().all().forEach(breaker -> breaker.update(now -> now.with(Map.of(Setting.WINDOW_CALLS, 50))));
        shop.breakers().all().forEach(CircuitBreaker::undoLastChange);
        assertThat(total()).isEqualTo(101 * 900_000);
        invoke("revertSettings", "*");
        assertThat(total()).isEqualTo(101 * 100);
    }

    @Test
    void breakersByKeyAreNoWayAround() {
        var keyed = shop.breakers().perKey("hosts", 1_000, TestShop.SETTINGS);
        for (int i = 0; i < 200; i++) {
            keyed.of("k" + i);
        }
        assertThatThrownBy(() -> invoke("changeSettings", "hosts/*", LARGEST))
                .hasMessageContaining("would be 200000000;");
    }

    @Test
    void configuredWindowsThatAreTooLongTogetherFailTheStart() {
        shop.close();
        Map<String, String> services = IntStream.range(0, 101)
                .boxed()
                .collect(Collectors.toMap(i -> "switchgear.service.\"s" + i + "\".url", i -> "http://localhost"));
        services.put("switchgear.default.window-calls", "1000000");
        assertThatThrownBy(() -> new TestShop(services))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("windowCalls of all breakers together must be <= 100000000 but was 101000000; lower"
                        + " switchgear.default.window-calls, or those of single breakers");
        services.put("switchgear.default.window-calls", "900000");
        shop = new TestShop(services);
        assertThat(total()).isEqualTo(101 * 900_000);
    }

    @Test
    void savedWindowsThatAreTooLongTogetherAreIgnoredAndKept(@TempDir Path directory) throws Exception {
        shop.close();
        Path file = directory.resolve("shop.properties");
        String lines = IntStream.range(0, 105)
                .mapToObj(i -> "switchgear.breaker.\"b" + i + "\".window-calls = 1000000\nswitchgear.breaker.\"b" + i
                        + "\".failure-threshold = 9\n")
                .collect(Collectors.joining());
        Files.writeString(file, lines);
        try (RecordedLog log = new RecordedLog()) {
            shop = new TestShop(Map.of("switchgear.settings-file", file.toString()));
            assertThat(log.lines())
                    .contains(
                            "WARNING SGR0046: WindowCalls of 5 breakers (\"b95\", \"b96\", \"b97\" and others) in file "
                                    + file
                                    + " is ignored, as that of all together must be <= 100000000; lower it there");
        }
        create(105);
        assertThat(total()).isEqualTo(100_000_000 + 5 * 100);
        assertThat(shop.breakers().all())
                .allMatch(breaker -> breaker.snapshot().settings().failureThreshold() == 9);
        assertThat(Files.readString(file)).isEqualTo(lines);
    }
}
