// SPDX-License-Identifier: Apache-2.0
package io.switchgear.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.CircuitBreaker;
import io.switchgear.KeyedBreakers;
import io.switchgear.message.Text;
import io.switchgear.settings.NamedSetting;
import io.switchgear.settings.Setting;
import io.switchgear.store.SavedSettings;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Names that look like others, like nothing or like two lines are refused wherever code gives a name. */
class NamesThatCannotBeReadTest {
    private static final List<String> INVISIBLE = List.of(
            "\u0000",
            "\n",
            "\r",
            "\t",
            "\u001b",
            "\u007f",
            "\u0085",
            "\u00ad",
            "\u034f",
            "\u061c",
            "\u115f",
            "\u1160",
            "\u17b4",
            "\u180b",
            "\u180e",
            "\u200b",
            "\u200d",
            "\u2028",
            "\u2029",
            "\u202e",
            "\u2060",
            "\u2065",
            "\u2066",
            "\u2800",
            "\u3164",
            "\ufe0f",
            "\ufeff",
            "\uffa0",
            "\ufff0",
            "\ufff9",
            "\ud800",
            "\udc00",
            "\udc00\ud800",
            "\ud834\udd59",
            "\ud834\udd73",
            "\udb40\udc01",
            "\udb40\udd00",
            "\udb40\udfff");
    private static final List<String> BLANK =
            List.of("", " ", "\u00a0", "\u2007", "\u202f", "\u3000", "\u2003 \u2003", "\u205f");
    private static final List<String> VISIBLE = List.of(
            "a",
            "?",
            "/",
            "//",
            "..",
            "'",
            "\"",
            "\\",
            "a b",
            "a=b,c:d",
            "%s {0}",
            "#x",
            "\u00e4",
            "\u0416",
            "\u5c71\u3000\u7530",
            "\ud83d\ude00",
            "\u05d0",
            "e\u0301",
            "<script>",
            "${x}",
            "\\u200b");

    private final TestShop shop = new TestShop();

    @AfterEach
    void close() {
        shop.close();
    }

    /** Returns what code can give a name to, each as a use of a name. */
    private List<Consumer<String>> places() {
        KeyedBreakers keyed = shop.breakers().perKey("hosts", 100, TestShop.SETTINGS);
        return List.of(
                keyed::of,
                name -> shop.breakers().create(name, TestShop.SETTINGS),
                name -> shop.breakers().perKey(name, 1, TestShop.SETTINGS),
                name -> shop.breakers().guard(name).breaker(TestShop.SETTINGS).build(),
                name -> shop.runtime.policies().breaker(name),
                name -> shop.runtime.services().add(name, URI.create("http://localhost")),
                name -> ApplicationRuntime.start(name).close());
    }

    private void assertRefused(String name) {
        for (Consumer<String> place : places()) {
            assertThatThrownBy(() -> place.accept(name))
                    .as(Text.quoted(name))
                    .isExactlyInstanceOf(IllegalArgumentException.class)
                    .message()
                    .hasSizeLessThan(1_500)
                    .matches(message -> !message.contains("\n"), "one line");
        }
        assertThat(shop.breakers().all()).isEmpty();
    }

    @Test
    void oneWithAnInvisibleCharacterIsRefused() {
        for (String invisible : INVISIBLE) {
            assertRefused(invisible);
            assertRefused("admin" + invisible);
            assertRefused("ad" + invisible + "min");
            assertRefused(invisible + "admin");
        }
    }

    @Test
    void oneOfSpacesIsRefused() {
        BLANK.forEach(this::assertRefused);
    }

    @Test
    void oneThatIsTooLongIsRefusedWithAShortMessage() {
        assertRefused("x".repeat(201));
        assertRefused("x".repeat(1_000_000));
        assertRefused("\ud83d\ude00".repeat(101));
        assertRefused("\u3164".repeat(1_000_000));
    }

    @Test
    void theMessageShowsWhatCannotBeSeen() {
        KeyedBreakers keyed = shop.breakers().perKey("hosts", 100, TestShop.SETTINGS);
        assertThatThrownBy(() -> keyed.of("ad\u3164min\ud800")).hasMessageEndingWith("but was \"ad\\u3164min\\ud800\"");
        assertThatThrownBy(() -> shop.breakers().create("ad\udb40\udc01min", TestShop.SETTINGS))
                .hasMessageEndingWith("but was \"ad\\udb40\\udc01min\"");
        assertThatThrownBy(() -> shop.breakers().create(null, TestShop.SETTINGS))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("but was null");
        assertThatThrownBy(() -> ApplicationRuntime.start("sh\u200bop"))
                .hasMessageStartingWith("the name of the application must be 1 to 200 characters");
    }

    @Test
    void whatCanBeSeenIsAccepted() {
        KeyedBreakers keyed = shop.breakers().perKey("hosts", 100, TestShop.SETTINGS);
        for (String visible : VISIBLE) {
            assertThat(keyed.of(visible).name()).isEqualTo("hosts/" + visible);
            assertThat(shop.breakers().create(visible, TestShop.SETTINGS).name())
                    .isEqualTo(visible);
        }
        assertThat(TestShop.mbeans()).hasSize(2 * VISIBLE.size() + 1);
    }

    @Test
    void oneThatWouldBeAPatternInAKeyIsRefused() {
        for (String pattern : List.of("*", "Orders#*", "*?")) {
            for (Consumer<String> place : places().subList(1, places().size() - 1)) {
                assertThatThrownBy(() -> place.accept(pattern))
                        .isExactlyInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("must not contain *, as a configuration key with * is a pattern for many"
                                + " names, but was \"" + pattern + "\"");
            }
        }
        KeyedBreakers keyed = shop.breakers().perKey("hosts", 100, TestShop.SETTINGS);
        assertThat(keyed.of("a*").name()).as("a key comes from outside").isEqualTo("hosts/a*");
        ApplicationRuntime.start("sh*p").close();
    }

    @Test
    void aDefaultNameThatWouldBeRefusedIsReplacedByOneThatStaysDistinct() {
        assertThat(Definition.valid("Orders#place()")).isEqualTo("Orders#place()");
        List<String> names =
                List.of("Orders#a * b()", "Orders#a _ b()", "Orders#a \u200b b()", "x".repeat(201), "x".repeat(202));
        assertThat(names.stream().map(Definition::valid))
                .doesNotHaveDuplicates()
                .allSatisfy(name -> assertThat(Definition.problem(name)).isEmpty());
        assertThat(Definition.valid("Orders#a * b()")).matches("Orders#a _ b\\(\\)~[0-9a-f]{8}");
    }

    @Test
    void anyTwoNamesThatAreAcceptedAreTwoMBeansAndTwoLinesOfTheSavedSettings() {
        KeyedBreakers keyed = shop.breakers().perKey("hosts", 10_000, TestShop.SETTINGS);
        List<String> pieces = new ArrayList<>(VISIBLE);
        pieces.addAll(INVISIBLE);
        pieces.addAll(BLANK);
        Set<String> accepted = new TreeSet<>();
        for (String one : pieces) {
            for (String other : pieces) {
                try {
                    CircuitBreaker breaker = keyed.of(one + other);
                    accepted.add("hosts/" + one + other);
                    assertThat(breaker.name()).isEqualTo("hosts/" + one + other);
                    breaker.update(now -> now.with(Map.of(Setting.FAILURE_THRESHOLD, 7)));
                } catch (IllegalArgumentException refused) {
                    assertThat(refused.getMessage()).matches("[^\\p{Cc}\\p{Cf}\\p{Cs}]+");
                }
            }
        }
        assertThat(accepted)
                .hasSizeGreaterThan(VISIBLE.size() * VISIBLE.size() / 2)
                .allMatch(
                        name -> name.equals(new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)));
        assertThat(TestShop.mbeans()).hasSize(accepted.size() + 1);
        Map<String, Map<Setting, String>> changes =
                SavedSettings.changes(shop.registry().tunables());
        assertThat(changes.keySet()).isEqualTo(accepted);
        assertThat(NamedSetting.lines(changes)).doesNotHaveDuplicates().hasSize(accepted.size());
    }
}
