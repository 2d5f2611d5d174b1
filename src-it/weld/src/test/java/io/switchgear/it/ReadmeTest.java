package io.switchgear.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.CircuitBreaking;
import io.switchgear.CircuitOpenException;
import io.switchgear.Kind;
import io.switchgear.Setting;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.MBeanFeatureInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

/** The README says what the code does: its example is the one compiled here, and its tables have every name. */
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

    /** What is marked in the sources of tests, here and of the library. */
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
                .hasSize(2)
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
        for (Setting setting : Kind.BREAKER.settings()) {
            String range = setting.range() == null
                    ? "or "
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
        try (Application application = new Application(Orders.class)) {
            assertThat(application.names()).hasSize(1);
            MBeanServer server = ManagementFactory.getPlatformMBeanServer();
            MBeanInfo breaker =
                    server.getMBeanInfo(Application.mbeans().iterator().next());
            MBeanInfo whole =
                    server.getMBeanInfo(new ObjectName("io.switchgear:type=CircuitBreakers,application=default"));
            List<String> settings =
                    Kind.BREAKER.settings().stream().map(Setting::attributeName).toList();
            List<String> missing = Stream.of(
                            breaker.getAttributes(),
                            breaker.getOperations(),
                            whole.getAttributes(),
                            whole.getOperations())
                    .flatMap(Arrays::stream)
                    .map(MBeanFeatureInfo::getName)
                    .filter(name -> !settings.contains(name))
                    .filter(name -> !readme.contains("`" + name + "`") && !readme.contains("`" + name + "("))
                    .collect(Collectors.toList());
            assertThat(missing).isEmpty();
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
