package io.switchgear.jmx;

import io.switchgear.settings.Setting;
import io.switchgear.settings.TunableSettings;
import io.switchgear.status.BreakerSnapshot;
import io.switchgear.status.CircuitState;
import io.switchgear.status.CircuitTransition;
import io.switchgear.store.SavedSettings;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.CompositeDataSupport;
import javax.management.openmbean.CompositeType;
import javax.management.openmbean.OpenDataException;
import javax.management.openmbean.OpenType;
import javax.management.openmbean.SimpleType;
import javax.management.openmbean.TabularData;
import javax.management.openmbean.TabularDataSupport;
import javax.management.openmbean.TabularType;

/** What programs read: tables and rows in classes of the JDK. */
final class Tables {
    /** A kind of row: what it is made from, and its columns. */
    private static final class Row<T> {
        private record Column<T>(OpenType<?> type, String description, Function<T, ?> value) {}

        private final String name;
        private final Map<String, Column<T>> columns = new LinkedHashMap<>();
        private CompositeType type;

        Row(String name) {
            this.name = name;
        }

        Row<T> with(String column, OpenType<?> columnType, String description, Function<T, ?> value) {
            columns.put(column, new Column<>(columnType, description, value));
            return this;
        }

        Row<T> complete() {
            try {
                type = new CompositeType(
                        name,
                        name,
                        columns.keySet().toArray(String[]::new),
                        columns.values().stream().map(Column::description).toArray(String[]::new),
                        columns.values().stream().map(Column::type).toArray(OpenType<?>[]::new));
                return this;
            } catch (OpenDataException impossible) {
                throw new AssertionError(impossible);
            }
        }

        CompositeData of(T from) {
            try {
                return new CompositeDataSupport(
                        type,
                        columns.keySet().toArray(String[]::new),
                        columns.values().stream()
                                .map(column -> column.value().apply(from))
                                .toArray());
            } catch (OpenDataException impossible) {
                throw new AssertionError(impossible);
            }
        }

        /** A table with the first column as its key. */
        TabularDataSupport table(Collection<? extends T> from) {
            try {
                String key = columns.keySet().iterator().next();
                TabularDataSupport table =
                        new TabularDataSupport(new TabularType(name, name, type, new String[] {key}));
                from.forEach(each -> table.put(of(each)));
                return table;
            } catch (OpenDataException impossible) {
                throw new AssertionError(impossible);
            }
        }
    }

    /** A setting and what it is of. */
    private record Of(Setting setting, TunableView view) {
        Object inForce() {
            return view.snapshot().settings().get(setting);
        }

        Object configured() {
            return view.configured().get(setting);
        }
    }

    private static final Row<Of> SETTING = new Row<Of>("Setting")
            .with(
                    "name",
                    SimpleType.STRING,
                    "As an attribute",
                    of -> of.setting().attributeName())
            .with("value", SimpleType.STRING, "The value in force", of -> text(of.inForce()))
            .with("configured", SimpleType.STRING, "What code and configuration say", of -> text(of.configured()))
            .with(
                    "default",
                    SimpleType.STRING,
                    "What it is without either",
                    of -> text(of.setting().defaultValue()))
            .with("origin", SimpleType.STRING, "Where the value in force comes from", Tables::origin)
            .with("unit", SimpleType.STRING, "Of the value", of -> of.setting().unit())
            .with("min", SimpleType.LONG, "The least value; empty for names", of -> min(of.setting()))
            .with("max", SimpleType.LONG, "The greatest value; empty for names", of -> max(of.setting()))
            .complete();

    private static final Row<CircuitTransition> TRANSITION = new Row<CircuitTransition>("Transition")
            .with("number", SimpleType.LONG, "Counts from 1", CircuitTransition::number)
            .with("time", SimpleType.DATE, "When", told -> Date.from(told.at()))
            .with("since", SimpleType.DATE, "Since when it had been as before", told -> Date.from(told.since()))
            .with("breaker", SimpleType.STRING, "Its name", CircuitTransition::name)
            .with("from", SimpleType.STRING, "The state before", told -> text(told.from()))
            .with("to", SimpleType.STRING, "The state after", told -> text(told.to()))
            .with("fromMode", SimpleType.STRING, "The mode before", told -> text(told.fromMode()))
            .with("mode", SimpleType.STRING, "The mode after", told -> text(told.mode()))
            .with("by", SimpleType.STRING, "Who asked for it; empty for the breaker itself", CircuitTransition::by)
            .with("why", SimpleType.STRING, "The cause", CircuitTransition::why)
            .complete();

    private static final Row<BreakerSnapshot> BREAKER = new Row<BreakerSnapshot>("Breaker")
            .with("name", SimpleType.STRING, "Its name", BreakerSnapshot::name)
            .with("state", SimpleType.STRING, "CLOSED, HALF_OPEN or OPEN", of -> text(of.state()))
            .with("stateCode", SimpleType.INTEGER, "0, 1 or 2", of -> of.state().code())
            .with("healthy", SimpleType.BOOLEAN, "Whether it is CLOSED", of -> of.state() == CircuitState.CLOSED)
            .with("stateSince", SimpleType.DATE, "When state or mode last changed", of -> date(of.stateSince()))
            .with("openRemainingMillis", SimpleType.LONG, "As the attribute", BreakerSnapshot::openRemainingMillis)
            .with("mode", SimpleType.STRING, "The operator's override", of -> text(of.mode()))
            .with("modeReason", SimpleType.STRING, "Its reason", BreakerSnapshot::modeReason)
            .with("callsInFlight", SimpleType.LONG, "Calls not yet over", BreakerSnapshot::callsInFlight)
            .with("calls", SimpleType.LONG, "Total", BreakerSnapshot::calls)
            .with("failures", SimpleType.LONG, "Total", BreakerSnapshot::failures)
            .with("rejected", SimpleType.LONG, "Total", BreakerSnapshot::rejected)
            .with("opened", SimpleType.LONG, "Total", BreakerSnapshot::opened)
            .with("lastFailure", SimpleType.STRING, "Its class", of -> text(of.lastFailure()))
            .with("lastTrip", SimpleType.STRING, "Why it last opened", of -> text(of.lastTrip()))
            .with(
                    "changedSettings",
                    SimpleType.INTEGER,
                    "How many are not as configured",
                    of -> of.changedBy().size())
            .complete();

    /** What a table of settings is made from. */
    private record Known(
            TunableSettings<?> inForce,
            TunableSettings<?> configured,
            Map<Setting, String> changedBy,
            Map<Setting, String> found) {}

    // most breakers have the same settings, and to make the table costs five times as much as to read all the rest
    private static final int MOST_KNOWN = 200;
    private static final Map<Known, TabularDataSupport> KNOWN = new ConcurrentHashMap<>();

    private Tables() {}

    static TabularData settings(TunableView view) {
        Known key = new Known(
                view.snapshot().settings(),
                view.configured(),
                view.snapshot().changedBy(),
                view.origin().configured());
        TabularDataSupport known = KNOWN.get(key);
        if (known == null) {
            known = SETTING.table(Setting.of(key.inForce().kind()).stream()
                    .map(setting -> new Of(setting, view))
                    .toList());
            if (KNOWN.size() >= MOST_KNOWN) {
                KNOWN.clear();
            }
            KNOWN.put(key, known);
        }
        // tables can be written to by whoever gets them
        return (TabularData) known.clone();
    }

    static TabularData transitions(Collection<CircuitTransition> transitions) {
        return TRANSITION.table(transitions);
    }

    static TabularData breakers(Collection<BreakerSnapshot> breakers) {
        return BREAKER.table(breakers);
    }

    static CompositeData event(CircuitTransition told) {
        return TRANSITION.of(told);
    }

    private static String origin(Of of) {
        String changedBy = of.view().snapshot().changedBy().get(of.setting());
        if (changedBy == null) {
            return of.view().origin().configured().getOrDefault(of.setting(), "code");
        }
        return SavedSettings.isSaved(changedBy) ? changedBy : "changed by " + changedBy;
    }

    private static Long min(Setting setting) {
        return setting.range() == null ? null : setting.range().min();
    }

    private static Long max(Setting setting) {
        return setting.range() == null ? null : setting.range().max();
    }

    static String names(List<Class<? extends Throwable>> types) {
        return types.stream().map(Class::getName).collect(Collectors.joining(", "));
    }

    static String text(Object value) {
        return value == null ? "" : value.toString();
    }

    static Date date(Instant instant) {
        return instant == null ? null : Date.from(instant);
    }

    /** {@code FailureThreshold=10 (configured 5, changed by alice)} for each setting that is not as configured. */
    static String changedSettings(TunableView view) {
        return view.snapshot().changedBy().keySet().stream()
                .map(setting -> new Of(setting, view))
                .map(of -> of.setting().attributeName() + "=" + of.inForce() + " (configured " + of.configured() + ", "
                        + origin(of) + ")")
                .collect(Collectors.joining(", "));
    }
}
