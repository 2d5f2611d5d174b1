// SPDX-License-Identifier: Apache-2.0
package io.switchgear.config;

import java.util.ArrayList;
import java.util.List;

/** Configuration in the code of a test. */
final class TestConfiguration {
    private TestConfiguration() {}

    /** Returns the configuration of these keys, each with its value after it, from a source named "test". */
    static Configuration configured(String... keysAndValues) {
        List<ConfigEntry> entries = new ArrayList<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            entries.add(new ConfigEntry(keysAndValues[i], keysAndValues[i + 1], "test", 1));
        }
        return new Configuration(entries);
    }
}
