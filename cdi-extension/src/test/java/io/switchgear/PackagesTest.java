package io.switchgear;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PackagesTest {
    private static final String ROOT = "io.switchgear";

    /** Each package, and all others of this library that it may use; the lowest first. */
    private static final Map<String, Set<String>> MAY_USE = new LinkedHashMap<>();

    static {
        MAY_USE.put("settings", Set.of());
        MAY_USE.put("status", Set.of("settings"));
        MAY_USE.put("", Set.of("settings", "status"));
        MAY_USE.put("time", Set.of());
        MAY_USE.put("message", Set.of("", "settings", "status"));
        MAY_USE.put("event", Set.of("message"));
        MAY_USE.put("window", Set.of("settings", "time"));
        MAY_USE.put("breaker", Set.of("", "settings", "status", "time", "message", "event", "window"));
        MAY_USE.put("flight", Set.of("", "settings", "status", "breaker"));
        MAY_USE.put("guard", Set.of("", "settings", "status", "time", "message", "event", "breaker"));
        MAY_USE.put("config", Set.of("settings", "message"));
        MAY_USE.put("store", Set.of("settings", "message"));
        MAY_USE.put("jmx", Set.of("", "settings", "status", "message", "store"));
        MAY_USE.put("http", Set.of("", "settings", "status", "time", "message", "breaker", "guard"));
        MAY_USE.put(
                "runtime",
                Set.of(
                        "",
                        "settings",
                        "status",
                        "time",
                        "message",
                        "event",
                        "breaker",
                        "flight",
                        "guard",
                        "config",
                        "store",
                        "jmx",
                        "http"));
        MAY_USE.put("standalone", Set.of("", "settings", "http", "runtime"));
        MAY_USE.put("metrics", Set.of("settings", "status", "message", "breaker"));
        MAY_USE.put("health", Set.of("", "settings", "status"));
        MAY_USE.put(
                "cdi",
                Set.of(
                        "",
                        "settings",
                        "status",
                        "time",
                        "message",
                        "event",
                        "breaker",
                        "guard",
                        "config",
                        "jmx",
                        "http",
                        "runtime",
                        "metrics",
                        "health"));
    }

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    private static String named(String room) {
        return room.isEmpty() ? ROOT : ROOT + "." + room;
    }

    @Test
    void everyPackageIsInTheTable() {
        assertThat(classes.stream().map(JavaClass::getPackageName).collect(Collectors.toSet()))
                .isEqualTo(MAY_USE.keySet().stream().map(PackagesTest::named).collect(Collectors.toSet()));
    }

    @Test
    void packagesUseOnlyThoseBelowThem() {
        MAY_USE.forEach((room, allowed) -> {
            String[] others = MAY_USE.keySet().stream()
                    .filter(other -> !other.equals(room) && !allowed.contains(other))
                    .map(PackagesTest::named)
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage(named(room))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(others)
                    .check(classes);
        });
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(classes);
    }

    @Test
    void theStateMachineNeedsTheJdkAlone() {
        noClasses()
                .that()
                .resideInAnyPackage(named("time"), named("window"), named("breaker"), named("guard"))
                .and()
                .doNotHaveFullyQualifiedName("io.switchgear.guard.LastGoodValues")
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages("java..", ROOT + "..")
                .check(classes);
    }

    @Test
    void theFlightRecorderIsKnownInOnePlaceAsItMayBeAbsent() {
        noClasses()
                .that()
                .resideOutsideOfPackage(named("flight"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jdk.jfr..")
                .check(classes);
        classes()
                .that()
                .resideInAPackage(named("flight"))
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "jdk.jfr",
                        ROOT,
                        named("settings"),
                        named("status"),
                        named("breaker"),
                        named("flight"))
                .check(classes);
    }
}
