// SPDX-License-Identifier: Apache-2.0
package io.switchgear.config;

/**
 * A configured value.
 *
 * @param key the name of a property or of an environment variable
 * @param source the place where it was found, for messages
 * @param strength the precedence; the greater one wins
 */
record ConfigEntry(String key, String value, String source, int strength) {
    ConfigEntry {
        value = value == null ? "" : value.strip();
    }

    @Override
    public String toString() {
        return key + " (" + source + ")";
    }
}
