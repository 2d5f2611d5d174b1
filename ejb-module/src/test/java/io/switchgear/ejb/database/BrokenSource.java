// SPDX-License-Identifier: Apache-2.0
package io.switchgear.ejb.database;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** A data source whose connections break before or after they commit. */
final class BrokenSource {
    private final DataSource source;
    boolean failBeforeCommit;
    boolean failAfterCommit;
    /** Whether each statement fails, and is closed then. */
    boolean failStatements;
    /** Number of statements that still work; then the process has crashed, and nothing works. */
    int statementsLeft = Integer.MAX_VALUE;

    int open;
    boolean autoCommit = true;
    int timeouts;

    BrokenSource(DataSource source) {
        this.source = source;
    }

    DataSource source() {
        return (DataSource) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, args) -> connection((Connection) invoke(source, method, args)));
    }

    private Connection connection(Connection connection) {
        open++;
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, args) -> {
                    boolean commits = method.getName().equals("commit");
                    if (commits && (failBeforeCommit || statementsLeft < 0)) {
                        throw new SQLException("the connection broke", "08006");
                    }
                    if (method.getName().equals("close")) {
                        open--;
                        autoCommit &= connection.getAutoCommit();
                        try (Statement statement = connection.createStatement()) {
                            timeouts += statement.getQueryTimeout();
                        }
                    }
                    Object result = invoke(connection, method, args);
                    if (commits && failAfterCommit) {
                        throw new SQLException("the connection broke", "08006");
                    }
                    return result instanceof PreparedStatement statement && (failStatements || --statementsLeft < 0)
                            ? broken(statement)
                            : result;
                });
    }

    private static PreparedStatement broken(PreparedStatement statement) {
        return (PreparedStatement) Proxy.newProxyInstance(
                BrokenSource.class.getClassLoader(),
                new Class<?>[] {PreparedStatement.class},
                (proxy, method, args) -> {
                    if (method.getName().startsWith("execute")) {
                        statement.close();
                        throw new SQLException("the connection broke", "08006");
                    }
                    return invoke(statement, method, args);
                });
    }

    private static Object invoke(Object target, Method method, Object... args) throws Throwable {
        try {
            return method.invoke(target, args);
        } catch (InvocationTargetException failed) {
            throw failed.getCause();
        }
    }
}
