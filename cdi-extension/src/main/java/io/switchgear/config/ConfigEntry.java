// SPDX-License-Identifier: Apache-2.0
package io.switchgear.config;

import io.switchgear.message.Address;

/**
 * A configured value.
 *
 * @param key the name of a property or of an environment variable
 * @param source the place where it was found, for messages
 * @param strength the precedence; the greater one wins
 */
record ConfigEntry(String key, String value, String source, int strength) {
    /** The strength of {@code META-INF/switchgear.properties} in a library: the weakest. */
    static final int LIBRARY_FILE = Integer.MIN_VALUE;

    /** The strength of {@code META-INF/switchgear.properties} in {@code WEB-INF/classes}. */
    static final int APPLICATION_FILE = LIBRARY_FILE + 1;

    ConfigEntry {
        value = value == null ? "" : value.strip();
    }

    /** Returns whether it was found in a file that is for this library alone. */
    boolean isOfOwnFile() {
        return strength <= APPLICATION_FILE;
    }

    /** Returns the value as a message may show it: an address may have a password. */
    String shown() {
        return ConfigKeys.serviceOf(key).isPresent() ? Address.shown(value) : value;
    }

    @Override
    public String toString() {
        return key + " (" + source + ")";
    }
}
