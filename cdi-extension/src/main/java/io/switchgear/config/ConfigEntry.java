package io.switchgear.config;

/**
 * A configured value.
 *
 * @param key a property's name, or that of an environment variable
 * @param source where it was found, for messages
 * @param strength the greater wins
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
