// SPDX-License-Identifier: Apache-2.0
package io.switchgear.ejb.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The store in H2. */
class H2StoreTest extends JdbcStoreContract {
    private final String url = "jdbc:h2:mem:" + UUID.randomUUID();
    // keeps the database
    private Connection first;

    @BeforeEach
    void open() throws SQLException {
        first = source().getConnection();
    }

    @AfterEach
    void close() throws SQLException {
        first.close();
    }

    private DataSource source(String user) {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL(url);
        source.setUser(user);
        source.setPassword("");
        return source;
    }

    @Override
    DataSource source() {
        return source("sa");
    }

    @Override
    DataSource restricted() throws SQLException {
        execute("create user guest password ''");
        return source("guest");
    }

    @Override
    void grant(String table) throws SQLException {
        execute("grant all on " + table + " to guest");
    }
}
