// SPDX-License-Identifier: Apache-2.0
package io.switchgear.ejb.fleet;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The protocol uses the public API alone and knows no database, and one class knows messages. */
class FleetPackagesTest {
    private static final String FLEET = "io.switchgear.ejb.fleet";
    private static final String DATABASE = "io.switchgear.ejb.database";

    private final JavaClasses classes = new ClassFileImporter().importPath(Path.of("target", "classes"));

    @Test
    void theProtocolUsesThePublicApiOfTheLibraryAlone() {
        classes()
                .that()
                .resideInAPackage(FLEET)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "io.switchgear", "io.switchgear.settings", "io.switchgear.status", FLEET)
                .check(classes);
    }

    @Test
    void messagingIsUsedInOneClassAsServersNeedNotHaveIt() {
        noClasses()
                .that()
                .haveNameNotMatching("io\\.switchgear\\.ejb\\.FleetTopic(\\$.*)?")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jakarta.jms..")
                .check(classes);
    }

    @Test
    void theDatabaseUsesTheProtocolAlone() {
        classes()
                .that()
                .resideInAPackage(DATABASE)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "javax.sql", DATABASE, FLEET)
                .check(classes);
    }
}
