// SPDX-License-Identifier: Apache-2.0
package io.switchgear.jmx;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.switchgear.FailureRule;
import io.switchgear.breaker.Breaker;
import io.switchgear.fuzz.FuzzTarget;
import io.switchgear.fuzz.FuzzText;
import io.switchgear.fuzz.RandomInputs;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.DefaultSettings;
import io.switchgear.settings.Setting;
import io.switchgear.settings.TunableKind;
import io.switchgear.settings.TunableSettings;
import io.switchgear.store.SavedSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Sends any text as the changes that a console sends. */
class ChangesFuzzTest {
    private static final FuzzTarget CHANGES = ChangesFuzzTest::checkChanges;

    @FuzzTest
    void changesAreMadeWholeOrRefusedWithASentence(byte[] changes) {
        CHANGES.runAndShorten(changes);
    }

    @Test
    void randomChangesAreMadeWholeOrRefusedWithASentence() {
        List<String> pieces = new ArrayList<>();
        for (Setting setting : Setting.of(TunableKind.BREAKER)) {
            pieces.addAll(List.of(setting.attributeName() + "=", setting.memberName() + "=", setting.key() + " = "));
            pieces.addAll(setting.legalValues());
            pieces.add(setting.attributeName() + "=" + setting.defaultValue());
        }
        pieces.addAll(List.of("MaxAttempts=3", "TtlMillis=5", "1", "7", "0", "-1", "1e9", "NaN", "String", "\u2028"));
        for (int i = 0; i < 30; i++) {
            pieces.add(", ");
        }
        RandomInputs.run(2_000, RandomInputs.texts(12, pieces), CHANGES);
    }

    private static void checkChanges(byte[] input) {
        String text = FuzzText.of(input);
        for (TunableKind kind : TunableKind.values()) {
            try {
                Map<Setting, String> changes = given(text).changes(kind);
                assertThat(changes).isNotEmpty().hasSize(text.split(",", -1).length);
                assertThat(changes.keySet()).allMatch(setting -> setting.kind() == kind);
            } catch (IllegalArgumentException refused) {
                assertSentence(refused);
            }
        }
        checkBreaker(text);
    }

    private static Parameter.Given given(String text) {
        return Parameter.given(List.of(Parameter.CHANGES), new Object[] {text});
    }

    private static void assertSentence(IllegalArgumentException refused) {
        // console clients have no class of ours
        assertThat(refused).isExactlyInstanceOf(IllegalArgumentException.class);
        assertThat(refused.getMessage()).hasSizeBetween(10, 2_010).doesNotContainPattern("[\\p{Cntrl}\u2028\u2029]");
    }

    private static void checkBreaker(String text) {
        BreakerSettings before = BreakerSettings.builder().failureThreshold(3).build();
        Breaker breaker = new Breaker("orders", before, FailureRule.ANY, transition -> {});
        SettingsWriter<BreakerSettings> writer = new SettingsWriter<>(breaker, SavedSettings.none());
        try {
            Map<Setting, String> changes = given(text).changes(TunableKind.BREAKER);
            BreakerSettings after = writer.change(changes);
            assertThat(breaker.snapshot().settings()).isEqualTo(after).isEqualTo(before.with(changes));
            assertThat(DefaultSettings.of(TunableKind.BREAKER)
                            .with(given(shown(after)).changes(TunableKind.BREAKER)))
                    .as("the settings that are shown, sent again")
                    .isEqualTo(after);
        } catch (IllegalArgumentException refused) {
            assertSentence(refused);
            assertThat(breaker.snapshot().settings())
                    .as("after: %s", refused.getMessage())
                    .isEqualTo(before);
        }
    }

    private static String shown(TunableSettings<?> settings) {
        return Setting.of(settings.kind()).stream()
                .map(setting -> setting.attributeName() + "=" + settings.get(setting))
                .collect(Collectors.joining(", "));
    }
}
