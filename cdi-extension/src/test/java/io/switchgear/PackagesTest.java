package io.switchgear;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import org.junit.jupiter.api.Test;

class PackagesTest {
    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.switchgear");

    @Test
    void pointOneWay() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("what a user types")
                .definedBy("io.switchgear")
                .layer("messages")
                .definedBy("io.switchgear.message")
                .layer("flight")
                .definedBy("io.switchgear.flight")
                .layer("breaker")
                .definedBy("io.switchgear.breaker")
                .layer("guard")
                .definedBy("io.switchgear.guard")
                .layer("config")
                .definedBy("io.switchgear.config")
                .layer("jmx")
                .definedBy("io.switchgear.jmx")
                .layer("http")
                .definedBy("io.switchgear.http")
                .layer("store")
                .definedBy("io.switchgear.store")
                .layer("runtime")
                .definedBy("io.switchgear.runtime")
                .layer("metrics")
                .definedBy("io.switchgear.metrics")
                .layer("health")
                .definedBy("io.switchgear.health")
                .layer("cdi")
                .definedBy("io.switchgear.cdi")
                .whereLayer("what a user types")
                .mayNotAccessAnyLayer()
                .whereLayer("messages")
                .mayOnlyAccessLayers("what a user types")
                .whereLayer("flight")
                .mayOnlyAccessLayers("what a user types")
                .whereLayer("breaker")
                .mayOnlyAccessLayers("what a user types", "messages", "flight")
                .whereLayer("guard")
                .mayOnlyAccessLayers("what a user types", "messages", "breaker")
                .whereLayer("config")
                .mayOnlyAccessLayers("what a user types", "messages")
                .whereLayer("store")
                .mayOnlyAccessLayers("what a user types", "messages")
                .whereLayer("jmx")
                .mayOnlyAccessLayers("what a user types", "messages", "store")
                .whereLayer("http")
                .mayOnlyAccessLayers("what a user types", "messages", "breaker", "guard")
                .whereLayer("runtime")
                .mayOnlyBeAccessedByLayers("metrics", "health", "cdi")
                .whereLayer("metrics")
                .mayOnlyBeAccessedByLayers("cdi")
                .whereLayer("metrics")
                .mayOnlyAccessLayers("what a user types", "messages", "breaker", "runtime")
                .whereLayer("health")
                .mayOnlyBeAccessedByLayers("cdi")
                .whereLayer("health")
                .mayOnlyAccessLayers("what a user types", "runtime")
                .whereLayer("cdi")
                .mayNotBeAccessedByAnyLayer()
                .check(classes);
    }

    @Test
    void haveNoCycles() {
        slices().matching("io.switchgear.(*)..").should().beFreeOfCycles().check(classes);
    }

    @Test
    void theStateMachineNeedsTheJdkAlone() {
        ArchRuleDefinition.noClasses()
                .that()
                .resideInAnyPackage("io.switchgear.breaker", "io.switchgear.guard")
                .and()
                .doNotHaveFullyQualifiedName("io.switchgear.guard.LastGood")
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages(
                        "java..",
                        "io.switchgear",
                        "io.switchgear.message",
                        "io.switchgear.flight",
                        "io.switchgear.breaker",
                        "io.switchgear.guard")
                .check(classes);
    }

    @Test
    void theFlightRecorderIsKnownInOnePlaceAsItMayBeAbsent() {
        ArchRuleDefinition.noClasses()
                .that()
                .resideOutsideOfPackage("io.switchgear.flight")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jdk.jfr..")
                .check(classes);
        ArchRuleDefinition.classes()
                .that()
                .resideInAPackage("io.switchgear.flight")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "jdk.jfr", "io.switchgear", "io.switchgear.flight")
                .check(classes);
    }
}
