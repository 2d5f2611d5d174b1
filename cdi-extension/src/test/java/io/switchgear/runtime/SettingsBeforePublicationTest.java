// SPDX-License-Identifier: Apache-2.0
package io.switchgear.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.settings.RetrySettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No caller finds a breaker or retry before its saved settings are in force. */
class SettingsBeforePublicationTest {
    private static final Logger AUDIT = Logger.getLogger("io.switchgear.audit");

    /** Runs an action while saved settings are applied, as another thread might at that moment. */
    private static final class Meanwhile extends Handler {
        private final Runnable action;

        Meanwhile(Runnable action) {
            this.action = action;
        }

        @Override
        public void publish(LogRecord line) {
            if (line.getMessage().contains(", by saved in ")) {
                action.run();
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @Test
    void theyAreFoundWithTheirSavedSettingsOrNotAtAll(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("shop.properties");
        Files.writeString(file, """
                switchgear.breaker."users".failure-threshold = 8
                switchgear.retry."users".max-attempts = 9
                """);
        List<Object> found = new ArrayList<>();
        try (TestShop shop = new TestShop(Map.of("switchgear.settings-file", file.toString()))) {
            Handler meanwhile = new Meanwhile(() -> {
                found.add(shop.breakers()
                        .find("users")
                        .map(breaker -> breaker.snapshot().settings().failureThreshold()));
                found.add(shop.registry().retry("users") == null);
            });
            AUDIT.addHandler(meanwhile);
            try (var guard = shop.breakers()
                    .<String>guard("users")
                    .breaker(TestShop.SETTINGS)
                    .retry(RetrySettings.defaults())
                    .build()) {
                assertThat(guard.breaker().orElseThrow().snapshot().settings().failureThreshold())
                        .isEqualTo(8);
                assertThat(guard.retries().orElseThrow().snapshot().settings().maxAttempts())
                        .isEqualTo(9);
            } finally {
                AUDIT.removeHandler(meanwhile);
            }
        }
        assertThat(found.toString())
                .as("while the breaker got its settings, then while the retry did")
                .isEqualTo("[Optional.empty, true, Optional[8], true]");
    }
}
