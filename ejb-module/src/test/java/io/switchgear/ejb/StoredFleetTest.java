// SPDX-License-Identifier: Apache-2.0
package io.switchgear.ejb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.FailureRule;
import io.switchgear.breaker.Breaker;
import io.switchgear.ejb.database.JdbcFleetStore;
import io.switchgear.ejb.fleet.FleetIdentity;
import io.switchgear.ejb.fleet.FleetNode;
import io.switchgear.ejb.fleet.FleetSignals;
import io.switchgear.managed.Fleet;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.Setting;
import io.switchgear.settings.TunableKind;
import io.switchgear.status.BreakerMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The fleet as JMX and the session bean use it: sentences, and exceptions of the JDK alone. */
class StoredFleetTest {
    private static final Fleet.Scope ALL = Fleet.Scope.of(List.of(), TunableKind.BREAKER, "pay*");

    private final JdbcDataSource source = new JdbcDataSource();
    private Connection first;
    private Fleet fleet;

    @BeforeEach
    void start() throws SQLException {
        source.setURL("jdbc:h2:mem:stored-fleet");
        source.setUser("sa");
        first = source.getConnection();
        FleetIdentity identity = new FleetIdentity("shop", "node-1", false, Duration.ofSeconds(30), "0.1");
        FleetProblems problems = new FleetProblems();
        JdbcFleetStore store = new JdbcFleetStore(source, "java:test");
        FleetSignals signals = new FleetSignals() {
            @Override
            public void stepSoon() {}

            @Override
            public void written(long version) {}
        };
        FleetNode node = new FleetNode(identity, store, problems, signals, () -> "");
        node.added(new Breaker("payments", BreakerSettings.defaults(), FailureRule.ANY, node::changed));
        node.step();
        fleet = new StoredFleet(identity, store, node, problems, () -> "off");
    }

    @AfterEach
    void stop() throws SQLException {
        first.close();
    }

    private static void assertRefused(Runnable operation, Class<?> type, String sentence) {
        assertThatThrownBy(operation::run)
                .isExactlyInstanceOf(type)
                .hasNoCause()
                .hasMessageStartingWith(sentence);
    }

    @Test
    void whatCannotBeDoneIsASentenceInAnExceptionOfTheJdk() {
        assertRefused(
                () -> fleet.changeSettings(ALL, Map.of(Setting.FAILURE_THRESHOLD, "0"), "ada"),
                IllegalArgumentException.class,
                "FailureThreshold must be a whole number >= 1 and <= 1000000 but was \"0\"");
        assertRefused(
                () -> fleet.changeSettings(ALL, Map.of(Setting.MAX_ATTEMPTS, "3"), "ada"),
                IllegalArgumentException.class,
                "MaxAttempts is no setting of a breaker but of a retry");
        assertRefused(
                () -> fleet.reset(Fleet.Scope.of(List.of("node-2"), TunableKind.BREAKER, "*"), "ada"),
                IllegalArgumentException.class,
                "there is no node node-2 of shop; its nodes are node-1");
        assertRefused(
                () -> fleet.reset(Fleet.Scope.of(List.of(), TunableKind.RETRY, "*"), "ada"),
                IllegalArgumentException.class,
                "only breakers have a mode, but kind was retry");
        assertRefused(
                () -> fleet.setMode(ALL, BreakerMode.AUTOMATIC, Duration.ofMinutes(1), "", "ada"),
                IllegalArgumentException.class,
                "the mode AUTOMATIC has no end but was given PT1M");
        assertThat(fleet.log(9)).isEmpty();
    }

    @Test
    void whatCannotBeDoneNowIsToo() throws SQLException {
        assertThat(fleet.changeSettings(ALL, Map.of(Setting.FAILURE_THRESHOLD, "7"), "ada"))
                .isEqualTo("change 1 is stored; in force on node-1");
        try (Connection connection = source.getConnection()) {
            connection.createStatement().execute("alter table switchgear_setting rename to hidden");
        }
        assertRefused(
                () -> fleet.changeSettings(ALL, Map.of(Setting.FAILURE_THRESHOLD, "8"), "ada"),
                IllegalStateException.class,
                "database java:test cannot be read or written (");
    }

    @Test
    void aLongReasonAndAuthorAreStoredShortened() {
        String text = "x".repeat(203);
        assertThat(fleet.setMode(ALL, BreakerMode.OBSERVING, null, text, text)).contains("is stored");
        assertThat(fleet.log(1))
                .singleElement()
                .asString()
                .contains("x".repeat(200))
                .doesNotContain(text);
    }
}
