// SPDX-License-Identifier: Apache-2.0
package io.switchgear.ejb.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.ejb.fleet.FleetStore;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The store in PostgreSQL. */
class PostgresStoreTest extends JdbcStoreContract {
    private static PostgresServer server;
    private static int schemas;

    private String schema;
    private JdbcConnectionPool pool;

    @BeforeAll
    static void start() throws Exception {
        server = PostgresServer.start();
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void createSchema() throws SQLException {
        schema = "test" + ++schemas;
        server.create(schema);
        pool = server.pool(schema);
    }

    @AfterEach
    void close() {
        pool.dispose();
    }

    @Override
    DataSource source() {
        return pool;
    }

    @Override
    DataSource restricted() throws SQLException {
        // roles belong to the server
        execute("create role guest_" + schema + " login", "grant usage on schema " + schema + " to guest_" + schema);
        return server.source(schema, "guest_" + schema);
    }

    @Override
    void grant(String table) throws SQLException {
        execute("grant all on " + table + " to guest_" + schema);
    }

    @Test
    void aCharacterThatTheDatabaseDoesNotKnowIsRefusedForGood() {
        FleetStore store = store();
        assertThatThrownBy(() -> store.write(write(change(THRESHOLD, FLEET, "9\u0000", 0))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(store.version("shop")).isZero();
    }

    @Test
    void aServerThatStopsAndStartsAgainIsUsedAgain() throws Exception {
        FleetStore store = new JdbcFleetStore(server.source(schema, "admin"), "java:test");
        store.write(write(change(THRESHOLD, FLEET, "7", 0)));
        server.stop();
        try {
            assertThatThrownBy(() -> store.version("shop"))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("database java:test cannot be read or written");
        } finally {
            server.startAgain();
        }
        assertThat(store.version("shop")).isEqualTo(1);
    }
}
