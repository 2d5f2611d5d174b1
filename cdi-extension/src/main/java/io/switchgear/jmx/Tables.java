// SPDX-License-Identifier: Apache-2.0
package io.switchgear.jmx;

import io.switchgear.managed.FleetNodeStatus;
import io.switchgear.meter.MeterDefinition;
import io.switchgear.settings.Setting;
import io.switchgear.settings.TunableSettings;
import io.switchgear.settings.TunableSnapshot;
import io.switchgear.status.BreakerSnapshot;
import io.switchgear.status.CircuitState;
import io.switchgear.status.CircuitTransition;
import io.switchgear.store.SavedSettings;
import java.time.Instant;
import java.util.ArrayList;
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

/** The attributes for programs: tables and rows in classes of the JDK. */
final class Tables {
    /** Initializes this class, so that no notification does within a call, whose stack may end. */
    static void initialize() {
        // by being called
    }

    /**
     * A kind of row.
     *
     * @param <T> the source of its columns
     */
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

        /** Returns a table with the first column as its key. */
        TabularDataSupport table(Collection<? extends T> from) {
            return table(1, from);
        }

        /** @param keys how many of the first columns are the key */
        TabularDataSupport table(int keys, Collection<? extends T> from) {
            try {
                String[] key = columns.keySet().stream().limit(keys).toArray(String[]::new);
                TabularDataSupport table = new TabularDataSupport(new TabularType(name, name, type, key));
                from.forEach(each -> table.put(of(each)));
                return table;
            } catch (OpenDataException impossible) {
                throw new AssertionError(impossible);
            }
        }
    }

    /** A setting of a breaker or layer. */
    private record SettingRow(Setting setting, TunableView view) {
        Object inForce() {
            return view.snapshot().settings().get(setting);
        }

        Object configured() {
            return view.configured().get(setting);
        }
    }

    private static final Row<SettingRow> SETTING = new Row<SettingRow>("Setting")
            .with(
                    "name",
                    SimpleType.STRING,
                    "Name of the attribute",
                    row -> row.setting().attributeName())
            .with("value", SimpleType.STRING, "Value in force", row -> text(row.inForce()))
            .with("configured", SimpleType.STRING, "Value from code and configuration", row -> text(row.configured()))
            .with(
                    "default",
                    SimpleType.STRING,
                    "Value without code and configuration",
                    row -> text(row.setting().defaultValue()))
            .with("origin", SimpleType.STRING, "Source of the value in force", Tables::origin)
            .with(
                    "unit",
                    SimpleType.STRING,
                    "Unit of the value; empty for names and factors",
                    row -> row.setting().unit())
            .with("min", SimpleType.LONG, "Lower bound; empty for names", row -> min(row.setting()))
            .with("max", SimpleType.LONG, "Upper bound; empty for names", row -> max(row.setting()))
            .complete();

    /** A meter of a breaker or layer. */
    private record MeterRow(MeterDefinition<?> meter, TunableSnapshot<?> snapshot) {}

    // an exporter writes the key after the object name, in this order: the name is the last, as it may be any text
    private static final Row<MeterRow> METER = new Row<MeterRow>("Meter")
            .with(
                    "meter",
                    SimpleType.STRING,
                    "Name of the metric",
                    row -> row.meter().prometheusName())
            .with(
                    "label",
                    SimpleType.STRING,
                    "Label besides service; empty for none",
                    row -> text(row.meter().label()))
            .with(
                    "labelValue",
                    SimpleType.STRING,
                    "Value of that label",
                    row -> text(row.meter().labelValue()))
            .with(
                    MeterDefinition.SERVICE,
                    SimpleType.STRING,
                    "Value of the label service: the name",
                    row -> row.snapshot().name())
            .with(
                    "value",
                    SimpleType.DOUBLE,
                    "Value of the metric",
                    row -> row.meter().value(row.snapshot()))
            .complete();

    private static final int METER_KEYS = 4;

    private static final Row<FleetNodeStatus> NODE = new Row<FleetNodeStatus>("Node")
            .with("name", SimpleType.STRING, "Name of the node", FleetNodeStatus::name)
            .with("alive", SimpleType.BOOLEAN, "Whether its heartbeat is recent", FleetNodeStatus::alive)
            .with(
                    "sinceHeartbeatMillis",
                    SimpleType.LONG,
                    "Age of its heartbeat in milliseconds",
                    node -> node.sinceHeartbeat().toMillis())
            .with("version", SimpleType.LONG, "Number of the last change that it has applied", FleetNodeStatus::version)
            .with("behind", SimpleType.LONG, "Changes that it has not applied yet", FleetNodeStatus::behind)
            .with(
                    "waitingChanges",
                    SimpleType.INTEGER,
                    "Its changes that are not stored yet",
                    FleetNodeStatus::waitingChanges)
            .with(
                    "breakers",
                    SimpleType.STRING,
                    "Its breakers that are not closed and automatic, a line each",
                    node -> String.join("\n", node.breakers()))
            .with(
                    "refused",
                    SimpleType.STRING,
                    "Changes that it did not accept, a line each",
                    node -> String.join("\n", node.refused()))
            .complete();

    private static final Row<CircuitTransition> TRANSITION = new Row<CircuitTransition>("Transition")
            .with("number", SimpleType.LONG, "Number of the transition; counts from 1", CircuitTransition::number)
            .with("time", SimpleType.DATE, "Time of the transition", transition -> Date.from(transition.at()))
            .with(
                    "since",
                    SimpleType.DATE,
                    "Start of the state and mode before",
                    transition -> Date.from(transition.fromSince()))
            .with("breaker", SimpleType.STRING, "Name of the breaker", CircuitTransition::name)
            .with("from", SimpleType.STRING, "State before", transition -> text(transition.from()))
            .with("to", SimpleType.STRING, "State after", transition -> text(transition.to()))
            .with("fromMode", SimpleType.STRING, "Mode before", transition -> text(transition.fromMode()))
            .with("mode", SimpleType.STRING, "Mode after", transition -> text(transition.mode()))
            .with("by", SimpleType.STRING, "Author; empty if the breaker decided", CircuitTransition::by)
            .with("why", SimpleType.STRING, "Cause", CircuitTransition::why)
            .complete();

    private static final Row<BreakerSnapshot> BREAKER = new Row<BreakerSnapshot>("Breaker")
            .with("name", SimpleType.STRING, "Name of the breaker", BreakerSnapshot::name)
            .with(
                    "enabled",
                    SimpleType.BOOLEAN,
                    "Whether the breaker acts; false is off",
                    breaker -> breaker.settings().enabled())
            .with("state", SimpleType.STRING, "CLOSED, HALF_OPEN or OPEN", breaker -> text(breaker.state()))
            .with(
                    "stateCode",
                    SimpleType.INTEGER,
                    "0 closed, 1 half-open, 2 open",
                    breaker -> breaker.state().code())
            .with(
                    "healthy",
                    SimpleType.BOOLEAN,
                    "Whether the state is CLOSED",
                    breaker -> breaker.state() == CircuitState.CLOSED)
            .with(
                    "stateSince",
                    SimpleType.DATE,
                    "Last change of state or mode, or reset",
                    breaker -> date(breaker.stateSince()))
            .with(
                    "openRemainingMillis",
                    SimpleType.LONG,
                    "Milliseconds until the next trial; 0 unless OPEN, -1 without an end",
                    BreakerSnapshot::openRemainingMillis)
            .with(
                    "admittedPercent",
                    SimpleType.DOUBLE,
                    "Part of the calls that is admitted, in percent",
                    BreakerSnapshot::admittedPercent)
            .with("mode", SimpleType.STRING, "The operator's override", breaker -> text(breaker.mode()))
            .with("modeReason", SimpleType.STRING, "Reason given for the mode", BreakerSnapshot::modeReason)
            .with(
                    "callsInFlight",
                    SimpleType.LONG,
                    "Calls admitted and not yet completed",
                    BreakerSnapshot::callsInFlight)
            .with("calls", SimpleType.LONG, "Calls completed or rejected", BreakerSnapshot::calls)
            .with("failures", SimpleType.LONG, "Calls that failed", BreakerSnapshot::failures)
            .with("rejected", SimpleType.LONG, "Calls that were rejected", BreakerSnapshot::rejected)
            .with("opened", SimpleType.LONG, "Openings by the breaker's own decision", BreakerSnapshot::opened)
            .with(
                    "lastFailure",
                    SimpleType.STRING,
                    "Exception class of the last failure",
                    breaker -> text(breaker.lastFailure()))
            .with(
                    "lastTrip",
                    SimpleType.STRING,
                    "Cause of the last opening from CLOSED",
                    breaker -> text(breaker.lastTrip()))
            .with(
                    "changedSettings",
                    SimpleType.INTEGER,
                    "Number of settings that differ from code and configuration",
                    breaker -> breaker.changedBy().size())
            .complete();

    /** The source of a table of settings. */
    private record SettingsKey(
            TunableSettings<?> inForce,
            TunableSettings<?> configured,
            Map<Setting, String> changedBy,
            Map<Setting, String> origins) {}

    // cached, as most breakers have the same settings, and creating the table takes five times as long as all the rest
    private static final int MAX_CACHED = 200;
    private static final Map<SettingsKey, TabularDataSupport> CACHE = new ConcurrentHashMap<>();

    private Tables() {}

    static TabularData nodes(Collection<FleetNodeStatus> nodes) {
        return NODE.table(nodes);
    }

    static TabularData settings(TunableView view) {
        SettingsKey key = new SettingsKey(
                view.snapshot().settings(),
                view.configured(),
                view.snapshot().changedBy(),
                view.origin().configured().get());
        TabularDataSupport table = CACHE.get(key);
        if (table == null) {
            table = SETTING.table(Setting.of(key.inForce().kind()).stream()
                    .map(setting -> new SettingRow(setting, view))
                    .toList());
            if (CACHE.size() >= MAX_CACHED) {
                CACHE.clear();
            }
            CACHE.put(key, table);
        }
        // a copy, as the reader can write to it
        return (TabularData) table.clone();
    }

    static TabularData meters(Collection<? extends TunableSnapshot<?>> snapshots) {
        List<MeterRow> rows = new ArrayList<>();
        for (TunableSnapshot<?> snapshot : snapshots) {
            MeterDefinition.of(snapshot.settings().kind()).forEach(meter -> rows.add(new MeterRow(meter, snapshot)));
        }
        return METER.table(METER_KEYS, rows);
    }

    static TabularData transitions(Collection<CircuitTransition> transitions) {
        return TRANSITION.table(transitions);
    }

    static TabularData breakers(Collection<BreakerSnapshot> breakers) {
        return BREAKER.table(breakers);
    }

    static CompositeData transition(CircuitTransition transition) {
        return TRANSITION.of(transition);
    }

    private static String origin(SettingRow row) {
        String changedBy = row.view().snapshot().changedBy().get(row.setting());
        if (changedBy == null) {
            return row.view().origin().configured().get().getOrDefault(row.setting(), "code");
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

    /**
     * Returns each setting that differs from code and configuration, as in {@code FailureThreshold=10 (configured 5,
     * changed by alice)}.
     */
    static String changedSettings(TunableView view) {
        return view.snapshot().changedBy().keySet().stream()
                .map(setting -> new SettingRow(setting, view))
                .map(row -> row.setting().attributeName() + "=" + row.inForce() + " (configured " + row.configured()
                        + ", " + origin(row)
                        + (view.unsaved().test(row.setting()) ? ", not saved" : "") + ")")
                .collect(Collectors.joining(", "));
    }
}
