package io.switchgear.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.CircuitBreaking;
import io.switchgear.CircuitOpenException;
import io.switchgear.settings.Setting;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

/** Checks the README against the code: its examples are compiled and run here, and its tables have every name. */
class ReadmeTest {
    private static final Pattern MARKED =
            Pattern.compile("^ *// example-begin$(.*?)^ *// example-end$", Pattern.MULTILINE | Pattern.DOTALL);

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

    /** Returns the marked examples in the tests of this module and of the library. */
    private static List<String> examples() throws IOException {
        List<String> examples = new ArrayList<>();
        for (String sources : List.of("src/test/java", "../../cdi-extension/src/test/java")) {
            try (Stream<Path> files = Files.walk(Path.of(sources))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    MARKED.matcher(Files.readString(file))
                            .results()
                            .map(match -> match.group(1).replace("public static class", "public class"))
                            .forEach(examples::add);
                }
            }
        }
        return examples;
    }

    @Test
    void everyExampleIsInTheReadmeAsItIsCompiled() throws Exception {
        String readme = onOneLine(readme());
        assertThat(examples())
                .hasSizeGreaterThan(4)
                .allSatisfy(example -> assertThat(readme).contains(onOneLine(example)));
    }

    @Test
    void theFirstExampleDoesWhatIsSaid() {
        try (Application application = new Application(Orders.class)) {
            Orders orders = application.get(Orders.class);
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> orders.place("pen", -1)).isInstanceOf(IllegalArgumentException.class);
            }
            assertThatThrownBy(() -> orders.place("pen", 1)).isInstanceOf(CircuitOpenException.class);
            assertThat(application.names()).containsExactly("Orders#place(String,int)");
        }
    }

    private static String onOneLine(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }

    @Test
    void theTableOfSettingsHasEachWithItsDefaultAndRange() throws Exception {
        String readme = readme();
        for (Setting setting : Setting.values()) {
            String range = setting.range() == null
                    ? setting.type() == boolean.class
                            ? "or `" + setting.defaultValue().equals(false) + "` |"
                            : "or "
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
    void everyAttributeAndOperationIsInTheReadme() throws Exception {
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
    void everyPictureExistsAndNoPlaceholderIsLeft() throws Exception {
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
