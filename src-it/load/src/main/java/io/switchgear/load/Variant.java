// SPDX-License-Identifier: Apache-2.0
package io.switchgear.load;

/** How the calls of the shop are guarded. */
enum Variant {
    /** The shop as it is: breakers that count consecutive failures, and one with a window of calls. */
    CLASSIC("classic breakers", "switchgear-war-example.war", "switchgear.default.max-concurrent-calls = 6"),
    ADAPTIVE("`ADAPTIVE`", "switchgear-war-example.war", """
        switchgear.default.trip-on = ADAPTIVE
        switchgear.default.max-concurrent-calls = 6
        """),
    /** The same services with the annotations of MicroProfile, run by the server's own implementation. */
    SMALLRYE("SmallRye", "switchgear-load-smallrye.war", """
        CircuitBreaker/delay = 10000
        CircuitBreaker/skipOn = org.eclipse.microprofile.faulttolerance.exceptions.BulkheadException
        Bulkhead/value = 6
        """),
    /** Nothing: no breaker, no time limit, no retry, no fallback. */
    UNGUARDED("without guards", "switchgear-war-example.war", """
        switchgear.default.enabled = false
        switchgear.default.time-limit.enabled = false
        switchgear.default.retry.enabled = false
        switchgear.default.fallback.enabled = false
        switchgear.service."payments".request-timeout-millis = 60000
        """);

    private final String title;
    private final String war;
    private final String configuration;

    Variant(String title, String war, String configuration) {
        this.title = title;
        this.war = war;
        this.configuration = configuration;
    }

    /** Returns the title without the marks of a page. */
    String label() {
        return title.replace("`", "");
    }

    String title() {
        return title;
    }

    /** Returns whether the application also calls itself, until it is stopped. */
    boolean hasTraffic() {
        return this != SMALLRYE;
    }

    /** Returns the file of the archive. */
    String war() {
        return war;
    }

    /** Returns lines of configuration. */
    String configuration() {
        return configuration;
    }
}
