// SPDX-License-Identifier: Apache-2.0
package io.switchgear.ejb.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class DatabaseTest {
    @Test
    void aReasonNamesTheFirstCauseUnlessItIsThere() {
        SQLException refused = new SQLException("connection\n  refused");
        assertThat(Database.reason(refused)).isEqualTo("connection refused");
        assertThat(Database.reason(new SQLException("Error", new IllegalStateException(refused))))
                .isEqualTo("Error: connection refused");
        assertThat(Database.reason(new SQLException("no connection: connection refused", refused)))
                .isEqualTo("no connection: connection refused");
        assertThat(Database.reason(new SQLException((String) null))).isEqualTo("null");
    }

    @Test
    void causesThatNameEachOtherEnd() {
        SQLException one = new SQLException("one");
        one.initCause(new SQLException("two", one));
        assertThat(Database.reason(one)).startsWith("one");
    }
}
