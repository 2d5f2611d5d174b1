// SPDX-License-Identifier: Apache-2.0
package io.switchgear.config;

/** Configuration in the code of a test. */
final class TestConfiguration {
    private TestConfiguration() {}

    /** Returns the configuration of these keys, each with its value after it, from a source named "test". */
    static Configuration configured(String... keysAndValues) {
        return new Configuration(sources(keysAndValues).entries());
    }

    /** Returns these keys, each with its value after it, from a source named "test". */
    static ConfigSources sources(String... keysAndValues) {
        ConfigSources sources = new ConfigSources();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            sources.entries().add(new ConfigEntry(keysAndValues[i], keysAndValues[i + 1], "test", 1));
        }
        return sources;
    }
}
