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

/** The table of the attributes that stand for all breakers of an application. */
final class ApplicationAttributes {
    private static final int MAX_LINES = 200;

    private ApplicationAttributes() {}

    /** In the order in which they are announced. */
    static Stream<MBeanAttribute<ApplicationView>> all() {
        return Stream.of(
                reading(
                        "Overview",
                        String[].class,
                        "A line for each breaker, what needs attention first; at most 200, Breakers has all",
                        ApplicationAttributes::overview),
                count("BreakerCount", "Breakers of the application", breaker -> true),
                count("ClosedCount", "Breakers that are CLOSED", breaker -> breaker.state() == CircuitState.CLOSED),
                count(
                        "HalfOpenCount",
                        "Breakers that are HALF_OPEN",
                        breaker -> breaker.state() == CircuitState.HALF_OPEN),
                count("OpenCount", "Breakers that are OPEN", breaker -> breaker.state() == CircuitState.OPEN),
                count(
                        "OverriddenCount",
                        "Breakers whose mode is not AUTOMATIC",
                        breaker -> breaker.mode() != BreakerMode.AUTOMATIC),
                count(
                        "ChangedCount",
                        "Breakers with settings that are not as configured",
                        breaker -> !breaker.changedBy().isEmpty()),
                counter(
                        "RejectedTotal",
                        "calls",
                        "Calls that were not let through",
                        view -> view.breakers().stream()
                                .mapToLong(BreakerSnapshot::rejected)
                                .sum()),
                reading(
                        "OpenBreakers",
                        String[].class,
                        "Names of those that are OPEN",
                        view -> view.breakers().stream()
                                .filter(breaker -> breaker.state() == CircuitState.OPEN)
                                .map(BreakerSnapshot::name)
                                .toArray(String[]::new)),
                reading(
                        "Breakers",
                        TabularData.class,
                        "All breakers, for programs",
                        view -> Tables.breakers(view.breakers())),
                reading(
                        "Writable",
                        String.class,
                        "true, or false where switchgear.jmx.writable forbids changes",
                        view -> String.valueOf(view.context().writable())),
                reading(
                        "SettingsFile",
                        String.class,
                        "Where saveSettings() saves; empty if nowhere, as changes last until the application stops then",
                        view -> view.context().saved().description()),
                reading(
                        "LastRejectedChange",
                        String.class,
                        "The last operation refused here: when, why and by whom, for consoles that hide it",
                        ApplicationView::lastRejectedChange));
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
