// SPDX-License-Identifier: Apache-2.0
package io.switchgear.load;

/** What the backend of {@link Service#DISTURBED} does for a while. */
enum Phase {
    WARM_UP("warm-up", 4, ""),
    NORMAL("works", 4, ""),
    HANG("hangs", 4, ", \"hanging\": true"),
    AFTER_HANG("works again", 4, ""),
    SLOW("is slow", 4, ", \"latencyMillis\": 1500"),
    AFTER_SLOW("works again", 4, ""),
    FAILURES("fails, 20 %", 6, ", \"failurePercent\": 20"),
    AFTER_FAILURES("works again", 4, ""),
    OUTAGE("fails, all", 4, ", \"failurePercent\": 100"),
    RECOVERY("works again", 8, "");

    private static final String NORMAL_CONDITIONS =
            "\"failurePercent\": 0, \"latencyMillis\": 50, \"hanging\": false, \"resetPercent\": 0, \"capacity\": 0";

    private final String title;
    private final int units;
    private final String difference;

    Phase(String title, int units, String difference) {
        this.title = title;
        this.units = units;
        this.difference = difference;
    }

    String title() {
        return title;
    }

    /** Returns the length, as a multiple of the unit of {@link Form}. */
    int units() {
        return units;
    }

    /** Returns whether nothing disturbs the backend, and the server is warm. */
    boolean isNormal() {
        return difference.isEmpty() && this != WARM_UP;
    }

    /** Returns whether the backend is of no use to any call. */
    boolean isDown() {
        return this == HANG || this == OUTAGE;
    }

    /** Returns the conditions of the backend as the shop reads them. */
    String conditions() {
        return "{" + NORMAL_CONDITIONS + difference + "}";
    }
}
