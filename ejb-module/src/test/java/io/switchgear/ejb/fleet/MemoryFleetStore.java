// SPDX-License-Identifier: Apache-2.0
package io.switchgear.ejb.fleet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/** A store in memory, which can be away, and whose answers can be lost. */
final class MemoryFleetStore implements FleetStore {
    private record Place(FleetKey key, String target) {}

    private record Stored(Row row, Long endsAt) {}

    private static final class Application {
        long version;
        final Map<Place, Stored> rows = new HashMap<>();
        final List<LoggedChange> log = new ArrayList<>();
        final Map<String, Long> writes = new HashMap<>();
        final Map<String, NodeStatus> nodes = new TreeMap<>();
    }

    private final LongSupplier millis;
    private Map<String, Application> applications = new HashMap<>();
    /** Whether all operations fail. */
    boolean away;
    /** Number of the next writes that take effect although they fail. */
    int lostAnswers;
    /** Number of operations. */
    long queries;

    MemoryFleetStore(LongSupplier millis) {
        this.millis = millis;
    }

    private Application of(String application) {
        queries++;
        if (away) {
            throw new UncheckedIOException(new IOException(description() + " is away"));
        }
        return applications.computeIfAbsent(application, name -> new Application());
    }

    /** Loses everything, as a database that is made anew. */
    synchronized void wipe() {
        applications = new HashMap<>();
    }

    @Override
    public synchronized long version(String application) {
        return of(application).version;
    }

    @Override
    public synchronized Rows since(String application, long version) {
        Application of = of(application);
        List<Row> rows = of.rows.values().stream()
                .filter(stored -> stored.row().version() > version)
                .map(this::row)
                .sorted(Comparator.comparingLong(Row::version))
                .toList();
        return new Rows(of.version, rows, List.of());
    }

    private Row row(Stored stored) {
        Row row = stored.row();
        Long remaining = stored.endsAt() == null ? null : (Long) (stored.endsAt() - millis.getAsLong());
        return new Row(
                row.key(),
                row.target(),
                row.value(),
                row.version(),
                row.node(),
                row.author(),
                row.reason(),
                row.changedAt(),
                remaining);
    }

    @Override
    public synchronized Written write(Write write) {
        Application of = of(write.application());
        if (of.writes.containsKey(write.id())) {
            return new Written(of.writes.get(write.id()), Map.of());
        }
        Map<Change, Row> conflicts = new LinkedHashMap<>();
        for (Change change : write.changes()) {
            if (change.value() != null && change.value().length() > MAX_LENGTH) {
                throw new IllegalArgumentException(description() + " refuses a value");
            }
            of.rows.values().stream()
                    .filter(stored -> stored.row().key().equals(change.key())
                            && stored.row().version() > change.base()
                            && (change.target().equals(FLEET)
                                    || stored.row().target().equals(FLEET)
                                    || stored.row().target().equals(change.target())))
                    .max(Comparator.comparingLong(stored -> stored.row().version()))
                    .ifPresent(winner -> conflicts.put(change, row(winner)));
        }
        if (!conflicts.isEmpty()) {
            return new Written(0, conflicts);
        }
        of.version++;
        write.changes().forEach(change -> put(of, write, change));
        of.writes.put(write.id(), of.version);
        if (lostAnswers > 0) {
            lostAnswers--;
            throw new UncheckedIOException(new IOException("the answer of " + description() + " is lost"));
        }
        return new Written(of.version, Map.of());
    }

    private void put(Application of, Write write, Change change) {
        Instant now = Instant.ofEpochMilli(millis.getAsLong());
        Long endsAt = change.forMillis() == null ? null : (Long) (millis.getAsLong() + change.forMillis());
        Row row = new Row(
                change.key(),
                change.target(),
                change.value(),
                of.version,
                write.node(),
                change.author(),
                change.reason(),
                now,
                null);
        Stored before = of.rows.put(new Place(change.key(), change.target()), new Stored(row, endsAt));
        of.log.add(new LoggedChange(
                of.version,
                write.node(),
                change.target(),
                change.key(),
                before == null ? null : before.row().value(),
                change.value(),
                change.author(),
                change.source(),
                change.reason(),
                now,
                endsAt == null ? null : Instant.ofEpochMilli(endsAt)));
    }

    @Override
    public synchronized String heartbeat(NodeStatus status) {
        NodeStatus before = of(status.application()).nodes.get(status.node());
        Instant now = Instant.ofEpochMilli(millis.getAsLong());
        boolean same = before != null && before.incarnation().equals(status.incarnation());
        of(status.application()).nodes.put(status.node(), at(status, same ? before.startedAt() : now, now, 0));
        return before == null ? null : before.incarnation();
    }

    private static NodeStatus at(NodeStatus status, Instant startedAt, Instant heartbeatAt, long ageMillis) {
        return new NodeStatus(
                status.application(),
                status.node(),
                status.incarnation(),
                status.version(),
                status.pending(),
                status.library(),
                status.states(),
                status.refused(),
                startedAt,
                heartbeatAt,
                ageMillis);
    }

    @Override
    public synchronized void leave(String application, String node, String incarnation) {
        of(application)
                .nodes
                .computeIfPresent(node, (name, status) -> status.incarnation().equals(incarnation) ? null : status);
    }

    @Override
    public synchronized List<NodeStatus> nodes(String application) {
        return of(application).nodes.values().stream()
                .map(status -> at(
                        status,
                        status.startedAt(),
                        status.heartbeatAt(),
                        millis.getAsLong() - status.heartbeatAt().toEpochMilli()))
                .toList();
    }

    @Override
    public synchronized List<LoggedChange> history(String application, int max) {
        List<LoggedChange> log = new ArrayList<>(of(application).log);
        Collections.reverse(log);
        return log.subList(0, Math.min(max, log.size()));
    }

    @Override
    public synchronized int clean(String application, int days) {
        Instant before = Instant.ofEpochMilli(millis.getAsLong() - days * 86_400_000L);
        List<LoggedChange> log = of(application).log;
        int size = log.size();
        log.removeIf(change -> change.changedAt().isBefore(before));
        return size - log.size();
    }

    @Override
    public String description() {
        return "database memory";
    }
}
