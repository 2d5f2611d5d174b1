// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.CircuitBreaking;
import io.switchgear.CircuitOpenException;
import io.switchgear.pages.Page;
import io.switchgear.settings.Setting;
import io.switchgear.settings.TunableKind;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.MBeanFeatureInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

/**
 * Checks the README and the pages of the manual against the code: their examples are compiled and run, their tables
 * have every name, the names in them exist, and their links lead to files and headings that exist.
 */
class ReadmeTest {
    private static final int MAX_README_BYTES = 12_000;

    private static final Pattern MARKED =
            Pattern.compile("^ *// example-begin$(.*?)^ *// example-end$", Pattern.MULTILINE | Pattern.DOTALL);

    /** An identifier of two words or more, in any of Java's ways of writing them; options and paths aside. */
    private static final Pattern IDENTIFIER = Pattern.compile(
            "(?<![-/])\\b([A-Z][a-z0-9]+([A-Z][a-z0-9]*)+|[a-z]+([A-Z][a-z0-9]*)+|[A-Z]+(_[A-Z]+)+)\\b");

    /** Identifiers of other libraries, of the JDK, and of examples, that the code of this repository has nowhere. */
    private static final Set<String> FOREIGN = Set.of(
            // MicroProfile Fault Tolerance and SmallRye
            "requestVolumeThreshold",
            "failureRatio",
            "maxRetries",
            "maxDuration",
            "delayUnit",
            "fallbackMethod",
            "waitingTaskQueue",
            "applyOn",
            "RateLimit",
            // Resilience4j and Failsafe
            "TimeLimiter",
            "RateLimiter",
            "METRICS_ONLY",
            "maxWaitDurationInHalfOpenState",
            "halfOpen",
            // words that the page about migration translates
            "HystrixBadRequestException",
            "HystrixCommand",
            "RetryPolicy",
            "circuitBreaker",
            "coreSize",
            "errorThresholdPercentage",
            "failureRateThreshold",
            "getFallback",
            "handleResult",
            "maxConcurrentRequests",
            "maxWaitDuration",
            "permittedNumberOfCallsInHalfOpenState",
            "recordExceptions",
            "recordResult",
            "rollingStats",
            "sleepWindowInMilliseconds",
            "slowCallDurationThreshold",
            "slowCallRateThreshold",
            "timeInMilliseconds",
            "timeoutDuration",
            "timeoutInMilliseconds",
            "waitDuration",
            "withFailureRateThreshold",
            "withSuccessThreshold",
            // Jakarta EE
            "ClientErrorException",
            "ConstraintViolationException",
            "NoResultException",
            "ManagedScheduledExecutorService",
            "ActivateRequestContext",
            "TimeoutCancellationException",
            "completeOnTimeout",
            "PLATFORM_BEFORE",
            // the JDK
            "SimpleFormatter",
            "ClosedChannelException",
            // a feature of Open Liberty and a role of WildFly
            "restConnector",
            "SuperUser",
            // Maven and CDI
            "dependencyManagement",
            "addExtensions",
            // an environment variable
            "SWITCHGEAR_BREAKER__ORDERS_PLACE_STRING_INT___FAILURE_THRESHOLD");

    private static final Map<TunableKind, String> PAGES = Map.of(
            TunableKind.BREAKER, "breakers.md",
            TunableKind.RETRY, "retries.md",
            TunableKind.FALLBACK, "fallbacks.md",
            TunableKind.TIME_LIMIT, "time-limits.md",
            TunableKind.BULKHEAD, "bulkheads.md",
            TunableKind.SERVICE, "http.md");

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

    /** Returns the marked examples in the tests of all modules. */
    private static List<String> examples() throws IOException {
        List<String> examples = new ArrayList<>();
        for (Path file : Page.files(".java")) {
            MARKED.matcher(Files.readString(file))
                    .results()
                    .map(match -> match.group(1).replace("public static class", "public class"))
                    .map(ReadmeTest::onOneLine)
                    .forEach(examples::add);
        }
        return examples;
    }

    private static String onOneLine(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }

    @Test
    void everyExampleIsOnOnePageAsItIsCompiledAndThereIsNoOther() throws Exception {
        assertThat(Page.all().stream()
                        .flatMap(page -> page.code("java").stream())
                        .map(ReadmeTest::onOneLine))
                .hasSizeGreaterThan(4)
                .containsExactlyInAnyOrderElementsOf(examples());
        assertThat(Page.readme().code("java")).hasSize(1);
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

    @Test
    void theTablesOfSettingsHaveEachWithItsDefaultAndRange() {
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
            assertOn(
                    Page.ofManual(PAGES.get(setting.kind())),
                    "| `" + setting.memberName() + "` | " + defaultValue + " | " + range);
        }
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** Checks that a page has a text, with a message that does not quote the whole page. */
    private static void assertOn(Page page, String text) {
        assertThat(page.text().contains(text)).as("%s has: %s", page, text).isTrue();
    }

    @Test
    void everyAttributeAndOperationIsOnThePageOfItsKind() throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        List<String> settings =
                Arrays.stream(Setting.values()).map(Setting::attributeName).toList();
        Map<String, String> properties = Map.of("switchgear.service.\"payments\".url", "http://127.0.0.1:9/api");
        try (Application application =
                new Application(properties, ExamplesTest.Shop.class, ExamplesTest.Payments.class)) {
            assertThat(application.names()).hasSize(5);
            assertThat(Application.everything()).hasSize(1 + 5 + 2 + 2 + 1 + 1);
            for (ObjectName name : Application.everything()) {
                MBeanInfo info = server.getMBeanInfo(name);
                String pages = Page.ofManual("console.md").text() + pageOf(name.getKeyProperty("type"));
                assertThat(Stream.concat(Arrays.stream(info.getAttributes()), Arrays.stream(info.getOperations()))
                                .map(MBeanFeatureInfo::getName)
                                .filter(feature -> !settings.contains(feature))
                                .filter(feature ->
                                        !pages.contains("`" + feature + "`") && !pages.contains("`" + feature + "(")))
                        .as(name.toString())
                        .isEmpty();
            }
        }
    }

    private static String pageOf(String type) {
        return Arrays.stream(TunableKind.values())
                .filter(kind -> kind.plural().equals(type))
                .map(kind -> Page.ofManual(PAGES.get(kind)).text())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void everyNotificationIsOnThePageOfTheConsole() throws Exception {
        try (Application application = new Application(Orders.class)) {
            assertThat(application.names()).hasSize(1);
            ObjectName name = Application.mbeans().iterator().next();
            Arrays.stream(ManagementFactory.getPlatformMBeanServer()
                            .getMBeanInfo(name)
                            .getNotifications())
                    .flatMap(info -> Arrays.stream(info.getNotifTypes()))
                    .forEach(type -> assertOn(Page.ofManual("console.md"), "`" + type + "`"));
        }
    }

    @Test
    void everyPictureIsThereAndShownAndNothingIsLeftToBeFilledIn() throws Exception {
        Set<Path> shown = new TreeSet<>();
        Page.all().forEach(page -> shown.addAll(page.pictures()));
        try (Stream<Path> pictures = Files.list(Page.root().resolve(".images"))) {
            assertThat(shown).containsExactlyInAnyOrderElementsOf(pictures.toList());
        }
        assertThat(Page.readme().pictures()).isNotEmpty();
        assertThat(Page.all()).noneMatch(page -> page.text().contains("BENCHMARKS"));
    }

    @Test
    void everyLinkLeadsSomewhere() {
        Map<Page, List<String>> broken =
                new TreeMap<>((one, other) -> one.path().compareTo(other.path()));
        Page.all()
                .forEach(page -> broken.put(
                        page,
                        page.links().stream()
                                .filter(link -> !link.matches("https://[^\\s]+"))
                                .filter(link -> !page.leadsSomewhere(link))
                                .toList()));
        assertThat(broken)
                .hasSizeGreaterThan(20)
                .allSatisfy(
                        (page, links) -> assertThat(links).as(page.toString()).isEmpty());
    }

    @Test
    void theReadmeIsShortAndLeadsToEveryPage() {
        Page readme = Page.readme();
        assertThat(readme.bytes()).isLessThanOrEqualTo(MAX_README_BYTES);
        Set<Path> others = Page.all().stream().map(Page::path).collect(Collectors.toCollection(HashSet::new));
        others.remove(readme.path());
        assertThat(targets(readme)).containsAll(others);
        others.removeAll(Set.of(Page.ofManual("index.md").path()));
        assertThat(targets(Page.ofManual("index.md"))).containsAll(others);
    }

    private static Set<Path> targets(Page page) {
        return page.links().stream()
                .filter(link -> !link.contains(":"))
                .map(page::file)
                .collect(Collectors.toSet());
    }

    /** Checks the names on all pages: one that the code has nowhere belongs to something that was renamed. */
    @Test
    void everyIdentifierExists() throws Exception {
        Set<String> known = new HashSet<>(FOREIGN);
        for (Path file : Page.files(".java")) {
            if (!file.endsWith("ReadmeTest.java")) {
                Files.readAllLines(file).stream()
                        .filter(line -> !line.strip().matches("(\\*|/\\*|//).*"))
                        .forEach(line -> known.addAll(List.of(line.split("\\W+", -1))));
            }
        }
        Page.files(".java")
                .forEach(file -> known.add(file.getFileName().toString().replace(".java", "")));
        for (Path alerts : Page.files("/alerts.yml")) {
            known.addAll(List.of(Files.readString(alerts).split("\\W+", -1)));
        }
        for (Page page : Page.all()) {
            Set<String> unknown = Page.quotations(page.text()).stream()
                    .flatMap(quoted -> IDENTIFIER.matcher(quoted).results().map(match -> match.group()))
                    .filter(identifier -> !known.contains(identifier))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(unknown).as(page.toString()).isEmpty();
        }
    }
}
