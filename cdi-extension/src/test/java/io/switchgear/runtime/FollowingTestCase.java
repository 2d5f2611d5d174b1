// SPDX-License-Identifier: Apache-2.0
package io.switchgear.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.CircuitBreaker;
import io.switchgear.message.RecordedLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A shop that follows a file and keeps its settings in another one. */
class FollowingTestCase {
    static final String THRESHOLD = "switchgear.breaker.\"users\".failure-threshold";

    final RecordedLog log = new RecordedLog();
    final ManualScheduler scheduler = new ManualScheduler();

    @TempDir
    Path directory;

    Path file;
    Path settings;
    TestShop shop;
    CircuitBreaker users;

    @BeforeEach
    void start() {
        file = directory.resolve("followed.properties");
        settings = directory.resolve("settings.properties");
        write("# nothing yet\n");
        restart();
    }

    void restart(String... keysAndValues) {
        if (shop != null) {
            shop.close();
        }
        Map<String, String> properties = new HashMap<>(Map.of(
                "switchgear.follow",
                file.toString(),
                "switchgear.follow-seconds",
                "30",
                "switchgear.settings-file",
                settings.toString()));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            properties.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        scheduler.waiting.clear();
        shop = new TestShop(properties, scheduler);
        users = shop.breakers().create("users", TestShop.SETTINGS);
        log.lines().clear();
    }

    @AfterEach
    void stop() {
        shop.close();
        log.close();
        assertThat(scheduler.waiting).isEmpty();
        assertThat(TestShop.mbeans()).isEmpty();
    }

    void write(String... lines) {
        write(file, lines);
    }

    static void write(Path to, String... lines) {
        try {
            Files.write(to, List.of(lines));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    int threshold() {
        return users.snapshot().settings().failureThreshold();
    }

    int configuredThreshold() {
        return users.configuredSettings().failureThreshold();
    }

    List<String> lines(String message) {
        return log.lines().stream().filter(line -> line.contains(message)).toList();
    }

    static Object application(String attribute) throws JMException {
        return ManagementFactory.getPlatformMBeanServer().getAttribute(objectName(), attribute);
    }

    static Object lookNow() throws JMException {
        return ManagementFactory.getPlatformMBeanServer()
                .invoke(objectName(), "lookAtConfiguration", new Object[0], new String[0]);
    }

    private static ObjectName objectName() throws JMException {
        return new ObjectName("io.switchgear:type=CircuitBreakers,application=test shop");
    }
}
