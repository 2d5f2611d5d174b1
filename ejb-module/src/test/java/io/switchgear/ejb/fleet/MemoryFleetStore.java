// SPDX-License-Identifier: Apache-2.0
package io.switchgear.ejb.fleet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/** A store in memory, which can be away, and whose answers can be lost. */
final class MemoryFleetStore implements FleetStore {
    private record Place(FleetKey key, String target) {}

    private record Stored(Row row, Long endsAt) {}

    private static final class Application {
        long version;
        long cleaned;
        final Map<Place, Stored> rows = new HashMap<>();
        final List<LoggedChange> log = new ArrayList<>();
        final Map<String, Long> writes = new HashMap<>();
        final Map<String, NodeStatus> nodes = new TreeMap<>();
        final Set<String> left = new HashSet<>();
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
                    .map(this::row)
                    .or(() -> Optional.ofNullable(deleted(of, change)))
                    .ifPresent(winner -> conflicts.put(change, winner));
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

    private static Row deleted(Application of, Change change) {
        return change.target().equals(FLEET) || change.base() == 0 || change.base() >= of.cleaned
                ? null
                : new Row(change.key(), change.target(), null, of.cleaned, "b", "cleaning", "", Instant.EPOCH, null);
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
        boolean gone = of(status.application()).left.remove(status.node()) || before == null;
        of(status.application()).nodes.put(status.node(), at(status, same ? before.startedAt() : now, now, 0));
        return gone ? null : before.incarnation();
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
        Application of = of(application);
        NodeStatus status = of.nodes.get(node);
        if (status != null && status.incarnation().equals(incarnation)) {
            Instant now = Instant.ofEpochMilli(millis.getAsLong());
            of.nodes.put(node, at(status, status.startedAt(), now, 0));
            of.left.add(node);
        }
    }

    @Override
    public synchronized List<NodeStatus> nodes(String application) {
        Application of = of(application);
        return of.nodes.values().stream()
                .filter(status -> !of.left.contains(status.node()))
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
        Application of = of(application);
        Instant before = daysAgo(days);
        int size = of.log.size();
        of.log.removeIf(change -> change.changedAt().isBefore(before));
        Set<String> known = Set.copyOf(of.nodes.keySet());
        Instant gone = daysAgo(Math.max(days, MIN_NODE_DAYS));
        of.nodes.values().removeIf(status -> status.heartbeatAt().isBefore(gone));
        of.left.retainAll(of.nodes.keySet());
        of.rows.entrySet().removeIf(entry -> {
            String target = entry.getKey().target();
            boolean dead = known.contains(target) && !of.nodes.containsKey(target);
            if (dead) {
                of.cleaned = Math.max(of.cleaned, entry.getValue().row().version());
            }
            return dead;
        });
        of.rows.keySet().stream()
                .map(Place::target)
                .filter(target -> !target.equals(FLEET) && !known.contains(target))
                .toList()
                .forEach(target -> {
                    heartbeat(new NodeStatus(application, target, "unknown", 0, 0, "", "", "", null, null, 0));
                    of.left.add(target);
                });
        return size - of.log.size();
    }

    private Instant daysAgo(int days) {
        return Instant.ofEpochMilli(millis.getAsLong() - days * 86_400_000L);
    }

    @Override
    public String description() {
        return "database memory";
    }
}
