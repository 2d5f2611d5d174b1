// SPDX-License-Identifier: Apache-2.0
package io.switchgear.config;

import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;

/**
 * The content of all sources of configuration.
 *
 * @param entries with any keys
 * @param problems the problems with the sources themselves, a sentence each
 * @param unreadable the keys that have a value which cannot be read
 */
record ConfigSources(List<ConfigEntry> entries, List<String> problems, Set<String> unreadable) {
    private static final String RESOLVER = "org.eclipse.microprofile.config.spi.ConfigProviderResolver";

    ConfigSources() {
        this(new ArrayList<>(), new ArrayList<>(), new HashSet<>());
    }

    /**
     * Reads the sources of an application.
     *
     * @throws IllegalStateException if MicroProfile Config is present but broken
     */
    static ConfigSources of(ClassLoader application) {
        ConfigSources sources = new ConfigSources();
        ConfigFiles.read(application, sources);
        sources.readOutside(application);
        return sources;
    }

    /**
     * Reads the sources again that may change while the application runs: all but the files of its archive.
     *
     * @throws IllegalStateException if MicroProfile Config is present but broken
     */
    ConfigSources again(ClassLoader application) {
        ConfigSources now = new ConfigSources();
        entries.stream().filter(ConfigEntry::isOfOwnFile).forEach(now.entries::add);
        now.readOutside(application);
        return now;
    }

    private void readOutside(ClassLoader application) {
        if (hasMicroProfile()) {
            MicroProfileConfig.read(application, this);
        } else {
            addEnvironmentAndSystemProperties();
        }
    }

    /**
     * Returns whether there is MicroProfile Config, with an implementation.
     *
     * @throws IllegalStateException if it is present but broken
     */
    static boolean hasMicroProfile() {
        try {
            // by reflection, since this class has an annotation that the compiler cannot find
            Class.forName(RESOLVER, true, ConfigSources.class.getClassLoader())
                    .getMethod("instance")
                    .invoke(null);
            return true;
        } catch (ClassNotFoundException absent) {
            return false;
        } catch (InvocationTargetException failed) {
            if (failed.getCause() instanceof IllegalStateException) {
                // the API alone
                return false;
            }
            throw broken(failed.getCause());
        } catch (ReflectiveOperationException failed) {
            throw broken(failed);
        }
    }

    /** Returns the exception for MicroProfile Config that is present but cannot be used. */
    static IllegalStateException broken(Throwable cause) {
        return new IllegalStateException("MicroProfile Config is present but cannot be read: " + cause, cause);
    }

    private void addEnvironmentAndSystemProperties() {
        System.getenv().forEach((key, value) -> entries.add(new ConfigEntry(key, value, "environment", 2)));
        Properties properties = System.getProperties();
        properties
                .stringPropertyNames()
                .forEach(key -> entries.add(new ConfigEntry(key, properties.getProperty(key), "system property", 3)));
    }
}
