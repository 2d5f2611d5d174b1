package io.switchgear.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.CircuitBreaking;
import io.switchgear.CircuitOpenException;
import io.switchgear.Setting;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.management.MBeanFeatureInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

/** The README says what the code does: its example is the one compiled here, and its tables have every name. */
class ReadmeTest {
    interface Warehouse {
        String reserve(String item, int count);
    }

    private static final Warehouse warehouse = (item, count) -> {
        if (count < 0) {
            throw new IllegalArgumentException("count");
        }
        return item + count;
    };

    // example-begin
    @ApplicationScoped
    public static class Orders {
        @CircuitBreaking(failureThreshold = 3, openMillis = 10_000)
        public String place(String item, int count) {
            return warehouse.reserve(item, count);
        }
    }
    // example-end

    private static String readme() throws IOException {
        return Files.readString(Path.of("../../README.md"));
    }

    @Test
    void theExampleIsTheOneInTheReadmeAndDoesWhatIsSaid() throws Exception {
        assertInReadme(ReadmeTest.class);
        try (Application application = new Application(Orders.class)) {
            Orders orders = application.get(Orders.class);
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> orders.place("pen", -1)).isInstanceOf(IllegalArgumentException.class);
            }
            assertThatThrownBy(() -> orders.place("pen", 1)).isInstanceOf(CircuitOpenException.class);
            assertThat(application.names()).containsExactly("Orders#place(String,int)");
        }
    }

    /**
     * Each part of the source of {@code test} that is marked as an example is in the README, but for {@code static}.
     */
    static void assertInReadme(Class<?> test) throws IOException {
        String source = Files.readString(Path.of("src/test/java", test.getName().replace('.', '/') + ".java"));
        List<String> examples = Pattern.compile("// example-begin\n(.*?)// example-end", Pattern.DOTALL)
                .matcher(source)
                .results()
                .map(match -> onOneLine(match.group(1).replace("static ", "")))
                .toList();
        String readme = onOneLine(readme());
        assertThat(examples)
                .isNotEmpty()
                .allSatisfy(example -> assertThat(readme).contains(example));
    }

    private static String onOneLine(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }

    @Test
    void theTableOfSettingsHasEachWithItsDefaultAndRange() throws Exception {
        String readme = readme();
        for (Setting setting : Setting.values()) {
            String range = setting.range() == null
                    ? setting.type() == boolean.class ? "or `true` |" : "or "
                    : (setting.range().above() ? "above " : "")
                            + number(setting.range().min()) + " to "
                            + number(setting.range().max());
            String defaultValue = setting.defaultValue() instanceof Number number
                    ? number(number.longValue())
                    : "`" + setting.defaultValue() + "`";
            assertThat(readme).contains("| `" + setting.memberName() + "` | " + defaultValue + " | " + range);
        }
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    @Test
    void whatTheConsoleShowsIsAllThere() throws Exception {
        String readme = readme();
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        List<String> settings =
                Arrays.stream(Setting.values()).map(Setting::attributeName).toList();
        try (Application application = new Application(ExamplesTest.Shop.class)) {
            assertThat(application.names()).hasSize(3);
            assertThat(Application.everything()).hasSize(1 + 3 + 2 + 1);
            for (ObjectName name : Application.everything()) {
                MBeanInfo info = server.getMBeanInfo(name);
                assertThat(Stream.concat(Arrays.stream(info.getAttributes()), Arrays.stream(info.getOperations()))
                                .map(MBeanFeatureInfo::getName)
                                .filter(feature -> !settings.contains(feature))
                                .filter(feature ->
                                        !readme.contains("`" + feature + "`") && !readme.contains("`" + feature + "(")))
                        .as(name.toString())
                        .isEmpty();
            }
        }
    }

    @Test
    void everyPictureIsThereAndNothingIsLeftToBeFilledIn() throws Exception {
        List<String> pictures = Pattern.compile("!\\[[^]]+]\\(([^)]+)\\)")
                .matcher(readme())
                .results()
                .map(match -> match.group(1))
                .toList();
        assertThat(pictures)
                .isNotEmpty()
                .allSatisfy(picture -> assertThat(Path.of("../..", picture)).isRegularFile());
        assertThat(readme()).doesNotContain("BENCHMARKS");
    }
}
