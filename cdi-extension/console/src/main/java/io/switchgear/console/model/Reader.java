// SPDX-License-Identifier: Apache-2.0
package io.switchgear.console.model;

import io.switchgear.console.model.BreakerRow.Totals;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.management.Attribute;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.JMRuntimeException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;

/** Reads the rows of all breakers, one request for each application, and keeps their histories. */
final class Reader {
    // names are read again after so many polls, as an application may have been deployed
    private static final int POLLS_PER_QUERY = 5;
    private static final String[] ROW = {
        "Enabled",
        "State",
        "Mode",
        "ModeReason",
        "StateSince",
        "OpenRemainingMillis",
        "AdmittedPercent",
        "CallsInFlight",
        "CallsTotal",
        "FailuresTotal",
        "RejectedTotal",
        "OpenedTotal",
        "LastFailure",
        "LastTrip"
    };
    private final Map<ObjectName, Past> pasts = new HashMap<>();
    private Names names;
    private int polls;

    // a poll that a notification asked for comes early: rates over a tenth of a second say nothing
    static final double MIN_SECONDS = 0.8;

    private record Past(Totals totals, long nanos, History history, double calls, double failures, double rejected) {}

    Names names() {
        return names;
    }

    /** Forgets the names, as the connection is a new one. */
    void forgetNames() {
        names = null;
    }

    List<BreakerRow> rows(MBeanServerConnection server, long nanos) throws IOException {
        if (names == null || polls++ % POLLS_PER_QUERY == 0) {
            names = new Names(server.queryNames(Names.ALL, null));
        }
        List<BreakerRow> rows = new ArrayList<>();
        for (ObjectName application : List.copyOf(names.breakers.keySet())) {
            rows.addAll(rows(server, application, nanos));
        }
        pasts.keySet().retainAll(rows.stream().map(BreakerRow::mbean).collect(Collectors.toSet()));
        rows.sort(BreakerRow.ATTENTION);
        return rows;
    }

    private List<BreakerRow> rows(MBeanServerConnection server, ObjectName application, long nanos) throws IOException {
        List<BreakerRow> rows = new ArrayList<>();
        try {
            if (server.getAttribute(application, "Breakers") instanceof TabularData table) {
                for (Object each : table.values()) {
                    CompositeData row = (CompositeData) each;
                    ObjectName mbean = mbean(server, application, String.valueOf(row.get("name")));
                    if (mbean != null) {
                        rows.add(row(mbean, application, columns(row), nanos));
                    }
                }
                return rows;
            }
        } catch (InstanceNotFoundException undeployed) {
            names = new Names(server.queryNames(Names.ALL, null));
            return List.of();
        } catch (JMException | JMRuntimeException noTable) {
            // read one by one
        }
        for (ObjectName mbean : names.breakers.get(application).values()) {
            Map<String, Object> values = attributes(server, mbean, ROW);
            if (!values.isEmpty()) {
                rows.add(row(mbean, application, values, nanos));
            }
        }
        return rows;
    }

    private ObjectName mbean(MBeanServerConnection server, ObjectName application, String name) throws IOException {
        if (!known(application).containsKey(name)) {
            names = new Names(server.queryNames(Names.ALL, null));
        }
        return known(application).get(name);
    }

    private Map<String, ObjectName> known(ObjectName application) {
        return names.breakers.getOrDefault(application, Map.of());
    }

    /** Returns the columns of a row under the names of the attributes. */
    private static Map<String, Object> columns(CompositeData row) {
        Map<String, Object> values = new HashMap<>();
        for (String column : row.getCompositeType().keySet()) {
            values.put(Character.toUpperCase(column.charAt(0)) + column.substring(1), row.get(column));
        }
        for (String counter : List.of("Calls", "Failures", "Rejected", "Opened")) {
            values.put(counter + "Total", values.get(counter));
        }
        return values;
    }

    /** Returns the attributes that the MBean has; none if it is gone. */
    static Map<String, Object> attributes(MBeanServerConnection server, ObjectName mbean, String... wanted)
            throws IOException {
        Map<String, Object> values = new HashMap<>();
        try {
            for (Attribute attribute : server.getAttributes(mbean, wanted).asList()) {
                values.put(attribute.getName(), attribute.getValue());
            }
        } catch (JMException | JMRuntimeException gone) {
            return Map.of();
        }
        return values;
    }

    private BreakerRow row(ObjectName mbean, ObjectName application, Map<String, Object> values, long nanos) {
        Totals totals = new Totals(
                number(values, "CallsTotal"),
                number(values, "FailuresTotal"),
                number(values, "RejectedTotal"),
                number(values, "OpenedTotal"));
        Past past = past(mbean, totals, nanos);
        return new BreakerRow(
                mbean,
                application,
                Names.key(mbean, "name"),
                !"false".equals(String.valueOf(values.get("Enabled"))),
                text(values, "State"),
                values.containsKey("Mode") ? text(values, "Mode") : "AUTOMATIC",
                text(values, "ModeReason"),
                values.get("StateSince") instanceof Date since ? since : null,
                number(values, "OpenRemainingMillis"),
                values.get("AdmittedPercent") instanceof Number admitted ? admitted.doubleValue() : Double.NaN,
                number(values, "CallsInFlight"),
                totals,
                text(values, "LastFailure"),
                text(values, "LastTrip"),
                (int) number(values, "ChangedSettings"),
                past.calls(),
                past.failures(),
                past.rejected(),
                past.history());
    }

    /** Returns the rates since the last poll that was long enough ago, and keeps them. */
    private Past past(ObjectName mbean, Totals totals, long nanos) {
        Past past = pasts.get(mbean);
        double seconds = past == null ? 0 : (nanos - past.nanos()) / 1e9;
        if (past != null && seconds < MIN_SECONDS) {
            return past;
        }
        History history = past == null ? new History() : past.history();
        Past next = new Past(totals, nanos, history, Double.NaN, Double.NaN, Double.NaN);
        // totals that are smaller are those of another deployment, or were reset
        if (past != null && totals.calls() >= past.totals().calls()) {
            double calls = (totals.calls() - past.totals().calls()) / seconds;
            double failures = Math.max(0, totals.failures() - past.totals().failures()) / seconds;
            double rejected = Math.max(0, totals.rejected() - past.totals().rejected()) / seconds;
            history.add(Math.max(0, calls - failures - rejected), failures, rejected);
            next = new Past(totals, nanos, history, calls, failures, rejected);
        }
        pasts.put(mbean, next);
        return next;
    }

    private static String text(Map<String, Object> values, String name) {
        return Text.line(values.get(name));
    }

    private static long number(Map<String, Object> values, String name) {
        return values.get(name) instanceof Number number ? number.longValue() : 0;
    }
}
