package io.switchgear.it.wildfly;

import java.io.File;
import java.nio.file.Path;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** What the other modules of this build have made, and what tests that run in the server need. */
final class Archives {
    private Archives() {}

    static File extension() {
        return file("switchgear-cdi-extension.jar");
    }

    static File ejbModule() {
        return file("switchgear-ejb-module.jar");
    }

    static File[] testLibraries() {
        return new File[] {file("assertj-core.jar"), file("awaitility.jar"), file("hamcrest.jar")};
    }

    /** The example, as it is released. */
    static WebArchive shop() {
        return ShrinkWrap.create(ZipImporter.class, "shop.war")
                .importFrom(file("switchgear-war-example.war"))
                .as(WebArchive.class);
    }

    private static File file(String name) {
        return Path.of(System.getProperty("archives.directory"), name).toFile();
    }
}
