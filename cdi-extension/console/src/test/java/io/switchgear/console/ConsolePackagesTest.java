// SPDX-License-Identifier: Apache-2.0
package io.switchgear.console;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Checks that the console needs nothing but the JDK, and its model no display. */
@AnalyzeClasses(packages = "io.switchgear", importOptions = ImportOption.DoNotIncludeTests.class)
class ConsolePackagesTest {
    private static final String CONSOLE = "io.switchgear.console";

    @ArchTest
    static final ArchRule knowsNothingOfTheLibrary = classes()
            .that()
            .resideInAPackage(CONSOLE + "..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    CONSOLE + "..",
                    "java..",
                    "javax.management..",
                    "javax.security.sasl..",
                    "javax.swing..",
                    "javax.accessibility..",
                    "com.sun.tools..",
                    "com.formdev.flatlaf..");

    @ArchTest
    static final ArchRule modelHasNoDisplay = noClasses()
            .that()
            .resideInAnyPackage(CONSOLE + ".model..", CONSOLE + ".terminal..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.awt..", "javax.swing..", "com.formdev..");

    @ArchTest
    static final ArchRule modelIsBelowTheDisplays = noClasses()
            .that()
            .resideInAPackage(CONSOLE + ".model..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(CONSOLE, CONSOLE + ".window..", CONSOLE + ".terminal..");

    @ArchTest
    static final ArchRule jconsoleIsNeededByTheTabAlone = noClasses()
            .that()
            .doNotHaveSimpleName("JConsoleTab")
            .and()
            .doNotHaveSimpleName("ConsoleLink")
            .and()
            .resideInAPackage(CONSOLE + "..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.sun.tools.jconsole..");
}
