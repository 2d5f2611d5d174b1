// SPDX-License-Identifier: Apache-2.0
package io.switchgear.ejb.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.SQLSyntaxErrorException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * Creates and upgrades the tables by numbered steps. Several nodes may do so at once. A step may be repeated where a
 * crash interrupted it, as some databases commit each statement that creates a table.
 */
final class Schema {
    private static final String PREFIX = "io/switchgear/ejb/database/schema-";
    private static final String IF_ABSENT = "if not exists ";
    private static final int LATEST = 2;
    private static final int ATTEMPTS = 6;
    private static final long MAX_PAUSE_NANOS = 200_000_000;

    private final String prefix;
    private final int latest;
    private volatile boolean ready;

    Schema() {
        this(PREFIX, LATEST);
    }

    /**
     * @param prefix the names of the resources, without number and {@code .sql}
     * @param latest the number of the last step
     */
    Schema(String prefix, int latest) {
        this.prefix = prefix;
        this.latest = latest;
    }

    /** Looks at the tables again before the next operation. */
    void doubt() {
        ready = false;
    }

    /**
     * Makes sure that the tables are there and of this version.
     *
     * @throws UncheckedIOException if they are not, with the cure
     */
    synchronized void prepare(Database database) throws SQLException {
        if (ready) {
            return;
        }
        int present = version(database);
        if (present > latest) {
            throw Database.failure(
                    "the tables of Switchgear in " + database + " have version "
                            + present + ", and this release knows version " + latest
                            + "; deploy the release that the other nodes have",
                    null);
        }
        for (int step = present + 1; step <= latest; step++) {
            run(database, step, ATTEMPTS);
        }
        ready = true;
    }

    /** Returns the version of the tables; 0 if there are none. */
    private static int version(Database database) throws SQLException {
        try {
            Integer version = database.run(
                    session -> session.first("select version from switchgear_schema", row -> row.getInt(1)));
            return version == null ? 0 : version;
        } catch (SQLException noTable) {
            if (!database.isReachable()) {
                throw noTable;
            }
            return 0;
        }
    }

    private void run(Database database, int step, int attempts) throws SQLException {
        try {
            database.run(session -> {
                if (step > 1) {
                    // others wait here until this step is done, and then find that it is
                    session.update("update switchgear_schema set version = version");
                    if (session.first("select version from switchgear_schema", row -> row.getInt(1)) >= step) {
                        return null;
                    }
                }
                for (String statement : statements(step)) {
                    update(session, statement);
                }
                return null;
            });
        } catch (SQLException refused) {
            if (version(database) >= step) {
                return;
            }
            if (attempts > 1) {
                // another node may be in the middle of the same; not all may try again at one moment
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(MAX_PAUSE_NANOS));
                run(database, step, attempts - 1);
                return;
            }
            throw Database.failure(
                    "the tables of Switchgear cannot be created or upgraded in " + database + " ("
                            + Database.reason(refused) + "); grant the user of the data source the right to create"
                            + " tables, or let an administrator run " + resource(step)
                            + " from the jar of the ejb-module",
                    refused);
        }
    }

    private static void update(Session session, String statement) throws SQLException {
        try {
            session.update(statement);
        } catch (SQLSyntaxErrorException unknown) {
            String plain = statement.replace(IF_ABSENT, "");
            if (plain.equals(statement)) {
                throw unknown;
            }
            // Derby has no such clause, and creates all tables of a step or none
            session.update(plain);
        }
    }

    private String resource(int step) {
        return prefix + step + ".sql";
    }

    private List<String> statements(int step) {
        try (InputStream resource = Schema.class.getClassLoader().getResourceAsStream(resource(step))) {
            String text = new String(resource.readAllBytes(), StandardCharsets.UTF_8).replaceAll("(?m)^--.*$", "");
            return Arrays.stream(text.split(";"))
                    .map(String::strip)
                    .filter(statement -> !statement.isEmpty())
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(resource(step) + " cannot be read", unreadable);
        }
    }
}
