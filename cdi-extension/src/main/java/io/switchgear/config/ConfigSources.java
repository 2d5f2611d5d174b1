// SPDX-License-Identifier: Apache-2.0
package io.switchgear.config;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** The sources of configuration. */
final class ConfigSources {
    private static final String FILE = "META-INF/switchgear.properties";

    private ConfigSources() {}

    /** Returns the entries of all sources, the weakest first. */
    static List<ConfigEntry> entries(ClassLoader application) {
        return hasMicroProfile(application) ? MicroProfile.entries(application) : withoutMicroProfile(application);
    }

    private static boolean hasMicroProfile(ClassLoader application) {
        try {
            Class.forName("org.eclipse.microprofile.config.ConfigProvider", false, application);
            ConfigProvider.getConfig(application);
            return true;
        } catch (ClassNotFoundException | LinkageError | IllegalStateException noneHere) {
            // optional: the API is absent, is not visible to this library, or has no implementation
            return false;
        }
    }

    /** Returns the entries where there is no MicroProfile Config: of files, environment and system properties. */
    static List<ConfigEntry> withoutMicroProfile(ClassLoader application) {
        List<ConfigEntry> entries = new ArrayList<>();
        try {
            for (URL file : Collections.list(application.getResources(FILE))) {
                Properties properties = new Properties();
                try (Reader reader = new InputStreamReader(file.openStream(), StandardCharsets.UTF_8)) {
                    properties.load(reader);
                }
                properties
                        .stringPropertyNames()
                        .forEach(key -> entries.add(new ConfigEntry(key, properties.getProperty(key), FILE, 1)));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(FILE + " cannot be read", unreadable);
        }
        System.getenv().forEach((key, value) -> entries.add(new ConfigEntry(key, value, "environment", 2)));
        Properties properties = System.getProperties();
        properties
                .stringPropertyNames()
                .forEach(key -> entries.add(new ConfigEntry(key, properties.getProperty(key), "system property", 3)));
        return entries;
    }

    /** A separate class, so that MicroProfile is not needed where it is absent. */
    private static final class MicroProfile {
        static List<ConfigEntry> entries(ClassLoader application) {
            Config config = ConfigProvider.getConfig(application);
            List<ConfigEntry> entries = new ArrayList<>();
            for (String key : config.getPropertyNames()) {
                if (key.startsWith("switchgear.") || key.startsWith("SWITCHGEAR_")) {
                    var value = config.getConfigValue(key);
                    entries.add(
                            new ConfigEntry(key, value.getValue(), value.getSourceName(), value.getSourceOrdinal()));
                }
            }
            return entries;
        }
    }
}
