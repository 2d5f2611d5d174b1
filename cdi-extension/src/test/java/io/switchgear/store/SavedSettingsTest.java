package io.switchgear.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.FailureRule;
import io.switchgear.Settings;
import io.switchgear.breaker.Breaker;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class SavedSettingsTest {
    @Test
    void theWarningOfLostChangesNamesSettingsAsConsolesDo() {
        Breaker breaker = new Breaker("orders", Settings.defaults(), FailureRule.ANY, transition -> {});
        breaker.by("alice")
                .update(present -> Settings.builder()
                        .failureThreshold(7)
                        .successThreshold(4)
                        .build());

        List<String> lines = logged(() -> SavedSettings.none().stopping(List.of(breaker)));

        assertThat(lines)
                .containsExactly("SGR0019: orders: settings changed and not saved, so that the next start will not have"
                        + " them: FailureThreshold=7, SuccessThreshold=4");
    }

    private static List<String> logged(Runnable action) {
        List<String> lines = new ArrayList<>();
        Handler recorder = new Handler() {
            @Override
            public void publish(LogRecord line) {
                lines.add(line.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger("io.switchgear");
        logger.addHandler(recorder);
        try {
            action.run();
        } finally {
            logger.removeHandler(recorder);
        }
        return lines;
    }
}
