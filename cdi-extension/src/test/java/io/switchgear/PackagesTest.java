// SPDX-License-Identifier: Apache-2.0
package io.switchgear;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which packages may use which, and which types and members programs may use. */
class PackagesTest {
    private static final String ROOT = "io.switchgear";

    /** Each package, and all others of this library that it may use; the lowest first. */
    private static final Map<String, Set<String>> MAY_USE = new LinkedHashMap<>();

    static {
        MAY_USE.put("settings", Set.of());
        MAY_USE.put("status", Set.of("settings"));
        MAY_USE.put("", Set.of("settings", "status"));
        MAY_USE.put("meter", Set.of("settings", "status"));
        MAY_USE.put("time", Set.of());
        MAY_USE.put("place", Set.of("time"));
        MAY_USE.put("message", Set.of("", "settings", "status"));
        MAY_USE.put("managed", Set.of("settings", "status", "message"));
        MAY_USE.put("event", Set.of("message"));
        MAY_USE.put("window", Set.of("settings", "time"));
        MAY_USE.put("breaker", Set.of("", "settings", "status", "time", "message", "event", "window", "place"));
        MAY_USE.put("flight", Set.of("", "settings", "status", "breaker"));
        MAY_USE.put("guard", Set.of("", "settings", "status", "time", "message", "event", "breaker", "place"));
        MAY_USE.put("config", Set.of("settings", "managed", "message"));
        MAY_USE.put("store", Set.of("settings", "message"));
        MAY_USE.put("jmx", Set.of("", "settings", "status", "meter", "managed", "message", "event", "store"));
        MAY_USE.put("http", Set.of("", "settings", "status", "time", "message", "breaker", "guard"));
        MAY_USE.put(
                "runtime",
                Set.of(
                        "",
                        "settings",
                        "status",
                        "managed",
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
        MAY_USE.put("metrics", Set.of("settings", "status", "meter", "message", "breaker"));
        MAY_USE.put("rest", Set.of("", "config"));
        MAY_USE.put("health", Set.of("", "settings", "status"));
        MAY_USE.put("microprofile", Set.of("", "settings", "config", "guard"));
        MAY_USE.put(
                "cdi",
                Set.of(
                        "",
                        "settings",
                        "status",
                        "managed",
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
                        "health",
                        "microprofile"));
    }

    /** The packages that programs use; all others are internal. */
    private static final Set<String> API =
            Set.of("", "settings", "status", "managed", "standalone", "http", "metrics", "rest");

    /** Members that the runtime calls from another package, and that programs cannot call without internal types. */
    private static final Set<String> FOR_THE_RUNTIME = Set.of("io.switchgear.http.ServiceRegistry.<init>(");

    private static final int MAX_CIRCLE = 4;

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
                .resideInAnyPackage(named("time"), named("window"), named("place"), named("breaker"), named("guard"))
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

    @Test
    void theApiMentionsTheApiAlone() {
        Set<String> allowed = API.stream().map(PackagesTest::named).collect(Collectors.toSet());
        List<String> mentions = classes.stream()
                .filter(type -> allowed.contains(type.getPackageName()) && isVisible(type))
                .flatMap(type -> Stream.concat(supertypes(type), signatures(type)))
                .filter(mention -> mention.used().getPackageName().startsWith(ROOT))
                .filter(mention -> !allowed.contains(mention.used().getPackageName()) || !isVisible(mention.used()))
                .map(Mention::toString)
                .filter(mention -> FOR_THE_RUNTIME.stream().noneMatch(mention::startsWith))
                .toList();
        assertThat(mentions).isEmpty();
    }

    private record Mention(String where, JavaClass used) {
        @Override
        public String toString() {
            return where + " mentions " + used.getName();
        }
    }

    private static boolean isVisible(JavaClass type) {
        return isVisible(type.getModifiers())
                && type.getEnclosingClass().map(PackagesTest::isVisible).orElse(true);
    }

    private static boolean isVisible(Set<JavaModifier> modifiers) {
        return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
    }

    private static Stream<Mention> supertypes(JavaClass type) {
        return Stream.concat(type.getRawInterfaces().stream(), type.getRawSuperclass().stream())
                .map(supertype -> new Mention(type.getName(), supertype));
    }

    private static Stream<Mention> signatures(JavaClass type) {
        return type.getMembers().stream()
                .filter(member -> isVisible(member.getModifiers()))
                .flatMap(member ->
                        member.getAllInvolvedRawTypes().stream().map(used -> new Mention(member.getFullName(), used)));
    }

    @Test
    void noCircleOfFilesIsLarge() {
        Map<String, Set<String>> uses = classes.stream()
                .collect(Collectors.groupingBy(
                        PackagesTest::file,
                        TreeMap::new,
                        Collectors.flatMapping(
                                type -> type.getDirectDependenciesFromSelf().stream()
                                        .map(dependency ->
                                                file(dependency.getTargetClass().getBaseComponentType()))
                                        .filter(used -> used.startsWith(ROOT)),
                                Collectors.toSet())));
        Map<String, Set<String>> reached = new TreeMap<>();
        uses.keySet().forEach(file -> reached.put(file, reachedFrom(file, uses)));
        Set<Set<String>> circles = reached.keySet().stream()
                .map(file -> reached.get(file).stream()
                        .filter(other -> reached.getOrDefault(other, Set.of()).contains(file))
                        .collect(Collectors.toCollection(TreeSet::new)))
                .filter(circle -> circle.size() > 1)
                .collect(Collectors.toSet());
        assertThat(circles).isNotEmpty().allSatisfy(circle -> assertThat(circle).hasSizeLessThanOrEqualTo(MAX_CIRCLE));
    }

    private static String file(JavaClass type) {
        return type.getEnclosingClass().map(PackagesTest::file).orElse(type.getName());
    }

    private static Set<String> reachedFrom(String file, Map<String, Set<String>> uses) {
        Set<String> reached = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>(uses.get(file));
        while (!open.isEmpty()) {
            String next = open.pop();
            if (reached.add(next)) {
                open.addAll(uses.getOrDefault(next, Set.of()));
            }
        }
        return reached;
    }
}
