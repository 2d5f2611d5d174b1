// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers;

import io.switchgear.it.servers.guarded.Backend;
import io.switchgear.settings.RetrySettings;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The archives of the other modules of this build, and the libraries of tests that run in the server. */
public final class Archives {
    /** The name of the driver of PostgreSQL, for the server too. */
    public static final String POSTGRES_DRIVER = "postgresql.jar";

    private Archives() {}

    public static File extension() {
        return file("switchgear-cdi-extension.jar");
    }

    /** Returns the driver of PostgreSQL, to be deployed as {@link #POSTGRES_DRIVER}. */
    public static JavaArchive postgresDriver() {
        return ShrinkWrap.create(ZipImporter.class, POSTGRES_DRIVER)
                .importFrom(file(POSTGRES_DRIVER))
                .as(JavaArchive.class);
    }

    public static File ejbModule() {
        return file("switchgear-ejb-module.jar");
    }

    /** Returns the library for last good values. */
    public static File caffeine() {
        return file("caffeine.jar");
    }

    /** Returns the annotations of MicroProfile Fault Tolerance, without an implementation. */
    public static File faultToleranceApi() {
        return file("microprofile-fault-tolerance-api.jar");
    }

    /** Returns the library that shows meters as MBeans, with its dependencies. */
    public static File[] micrometer() {
        return file("micrometer").listFiles();
    }

    public static File[] testLibraries() {
        return new File[] {file("assertj-core.jar"), file("awaitility.jar"), file("hamcrest.jar")};
    }

    /** Returns an agent that gives access over HTTP to the MBeans of the process that it is attached to. */
    public static File jolokia() {
        return file("jolokia-agent-jvm-javaagent.jar");
    }

    /** Returns the example, as it is released. */
    public static WebArchive shop() {
        return ShrinkWrap.create(ZipImporter.class, "shop.war")
                .importFrom(file("switchgear-war-example.war"))
                .as(WebArchive.class);
    }

    /** Returns a web application with all guarded beans and this configuration. */
    public static WebArchive guarded(String name, String configuration) {
        return ShrinkWrap.create(WebArchive.class, name)
                .addPackage(Backend.class.getPackage())
                .addAsLibrary(extension())
                // WildFly has MicroProfile Config, which reads this file of an application
                .addAsResource(new StringAsset(configuration), "META-INF/microprofile-config.properties");
    }

    /**
     * Returns a {@code META-INF/switchgear.properties} for tests of retries: a budget refuses the first retry of a
     * method that is called for the first time more than ten seconds after its deployment, as on a slow server.
     */
    static StringAsset withoutRetryBudget() {
        return new StringAsset("switchgear.default.retry.min-retries-per-second = " + RetrySettings.NO_BUDGET);
    }

    /** Creates a directory in the build for files that the server writes. */
    public static Path directory(String name) {
        try {
            return Files.createDirectories(file(name).toPath());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static File file(String name) {
        return Path.of(System.getProperty("archives.directory"), name).toFile();
    }
}
