// SPDX-License-Identifier: Apache-2.0
package io.switchgear.jmx;

import static io.switchgear.jmx.MBeanAttribute.counter;
import static io.switchgear.jmx.MBeanAttribute.gauge;
import static io.switchgear.jmx.MBeanAttribute.reading;

import io.switchgear.status.BreakerMode;
import io.switchgear.status.BreakerSnapshot;
import io.switchgear.status.CircuitState;
import io.switchgear.status.StatusReport;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.management.openmbean.TabularData;

/** The attributes of the MBean of all breakers. */
final class ApplicationAttributes {
    private static final int MAX_LINES = 200;

    private ApplicationAttributes() {}

    /** Returns the attributes in the order of the {@code MBeanInfo}. */
    static Stream<MBeanAttribute<ApplicationView>> all() {
        return Stream.of(
                reading(
                        "Overview",
                        String[].class,
                        "One line per breaker, the most urgent first; at most 200, while Breakers has all",
                        ApplicationAttributes::overview),
                count("BreakerCount", "Breakers of the application", breaker -> true),
                count("ClosedCount", "Breakers that are CLOSED", breaker -> breaker.state() == CircuitState.CLOSED),
                count(
                        "HalfOpenCount",
                        "Breakers that are HALF_OPEN",
                        breaker -> breaker.state() == CircuitState.HALF_OPEN),
                count("OpenCount", "Breakers that are OPEN", breaker -> breaker.state() == CircuitState.OPEN),
                count(
                        "OffCount",
                        "Breakers that are off; each is also counted as CLOSED",
                        breaker -> !breaker.settings().enabled()),
                count(
                        "OverriddenCount",
                        "Breakers whose mode is not AUTOMATIC",
                        breaker -> breaker.mode() != BreakerMode.AUTOMATIC),
                count(
                        "ChangedCount",
                        "Breakers with settings that differ from code and configuration",
                        breaker -> !breaker.changedBy().isEmpty()),
                counter(
                        "RejectedTotal",
                        "calls",
                        "Calls that were rejected, by all breakers together",
                        view -> view.breakers().stream()
                                .mapToLong(BreakerSnapshot::rejected)
                                .sum()),
                reading(
                        "OpenBreakers",
                        String[].class,
                        "Names of the breakers that are OPEN",
                        view -> view.breakers().stream()
                                .filter(breaker -> breaker.state() == CircuitState.OPEN)
                                .map(BreakerSnapshot::name)
                                .toArray(String[]::new)),
                reading(
                        "Breakers",
                        TabularData.class,
                        "All breakers as a table, for programs",
                        view -> Tables.breakers(view.breakers())),
                reading(
                        "Meters",
                        TabularData.class,
                        "The metrics of all breakers and layers as a table, named and labelled as in Prometheus, for"
                                + " exporters; resetTotals does not change them",
                        view -> Tables.meters(view.snapshots())),
                reading(
                        "Writable",
                        String.class,
                        "true; false if switchgear.jmx.writable forbids changes through JMX",
                        view -> String.valueOf(view.context().writable())),
                reading(
                        "SettingsFile",
                        String.class,
                        "File that saveSettings() writes; empty without one: changes last until the application stops",
                        view -> view.context().saved().description()),
                reading(
                        "FollowedFiles",
                        String[].class,
                        "Files of switchgear.follow, which are read again every switchgear.follow-seconds",
                        view -> view.context().following().files().toArray(String[]::new)),
                reading(
                        "LastLook",
                        String.class,
                        "Last look at configuration: time and result",
                        view -> view.context().following().lastLook()),
                reading(
                        "LastFollowedChange",
                        String.class,
                        "Last change by configuration while the application runs: time and changes",
                        view -> view.context().following().lastChange()),
                reading(
                        "RefusedConfiguration",
                        String[].class,
                        "What was refused of configuration at the last look, a sentence each; at most 200",
                        view -> view.context().following().refused().stream()
                                .limit(MAX_LINES)
                                .toArray(String[]::new)),
                counter(
                        "NotificationsDroppedTotal",
                        "notifications",
                        "JMX notifications that were dropped, as 1,000 were waiting for a listener that does not return",
                        view -> view.context().notificationsDropped()),
                reading(
                        "LastRefusedChange",
                        String.class,
                        "Last operation refused here: time, reason and author; some consoles do not show refusals",
                        ApplicationView::lastRefusedChange));
    }

    private static String[] overview(ApplicationView view) {
        return StatusReport.of(view.breakers(), List.of(), Instant.now())
                .lines(MAX_LINES)
                .toArray(String[]::new);
    }

    private static MBeanAttribute<ApplicationView> count(
            String name, String description, Predicate<BreakerSnapshot> counted) {
        return gauge(name, int.class, "breakers", description, view ->
                (int) view.breakers().stream().filter(counted).count());
    }
}
