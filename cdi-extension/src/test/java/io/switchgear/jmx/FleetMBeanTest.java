// SPDX-License-Identifier: Apache-2.0
package io.switchgear.jmx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.managed.Fleet;
import io.switchgear.managed.FleetNodeStatus;
import io.switchgear.settings.Setting;
import io.switchgear.status.BreakerMode;
import io.switchgear.store.SavedSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The MBean of a fleet. */
class FleetMBeanTest {
    private static final ObjectName FLEET = TestConsole.objectName("io.switchgear:type=Fleet,application=shop");

    /** Records what a console requests. */
    private static final class RecordedFleet implements Fleet {
        final List<String> requests = new ArrayList<>();

        private String record(String request, Scope scope, String author) {
            String names = Stream.of("users", "payments").filter(scope.names()).toList() + "";
            requests.add(request + " " + scope.nodes() + " " + scope.kind() + " " + names);
            assertThat(author).startsWith("unknown");
            return "a, b have it";
        }

        @Override
        public String node() {
            return "a";
        }

        @Override
        public String store() {
            return "database test";
        }

        @Override
        public String connection() {
            return "connected";
        }

        @Override
        public String messages() {
            return "off";
        }

        @Override
        public int waitingChanges() {
            return 2;
        }

        @Override
        public List<FleetNodeStatus> nodes() {
            return List.of(
                    new FleetNodeStatus("a", Duration.ofMillis(900), true, 7, 0, 2, List.of(), List.of()),
                    new FleetNodeStatus(
                            "b", Duration.ofSeconds(99), false, 5, 2, 0, List.of("users OPEN"), List.of("no")));
        }

        @Override
        public List<String> problems() {
            return List.of("overruled");
        }

        @Override
        public List<String> log(int count) {
            return List.of("last " + count);
        }

        @Override
        public String changeSettings(Scope scope, Map<Setting, String> changes, String author) {
            return record("change " + changes, scope, author);
        }

        @Override
        public String revertSettings(Scope scope, String author) {
            return record("revert", scope, author);
        }

        @Override
        public String setMode(Scope scope, BreakerMode mode, Duration time, String reason, String author) {
            return record(mode + " " + time + " '" + reason + "'", scope, author);
        }

        @Override
        public String reset(Scope scope, String author) {
            return record("reset", scope, author);
        }
    }

    private final RecordedFleet fleet = new RecordedFleet();
    private final TestConsole console = new TestConsole("users");

    FleetMBeanTest() {
        console.mbeans.add(fleet);
    }

    @AfterEach
    void close() {
        console.close();
        assertThat(console.server.isRegistered(FLEET)).isFalse();
    }

    private Object get(String attribute) throws JMException {
        return console.server.getAttribute(FLEET, attribute);
    }

    private Object invoke(String operation, Object... given) throws JMException {
        String[] signature = Arrays.stream(given)
                .map(each -> each instanceof Integer ? "int" : String.class.getName())
                .toArray(String[]::new);
        return console.server.invoke(FLEET, operation, given, signature);
    }

    @Test
    void nodesAreShownAsLinesAndAsATable() throws JMException {
        assertThat((String[]) get("Overview"))
                .containsExactly(
                        "a up to date, 2 not stored",
                        "b gone, last seen 99 s ago, behind by 2 changes, 1 refused: users OPEN");
        TabularData nodes = (TabularData) get("Nodes");
        CompositeData b = nodes.get(new Object[] {"b"});
        assertThat(b.getAll(new String[] {"alive", "version", "behind", "breakers"}))
                .containsExactly(false, 5L, 2L, "users OPEN");
        assertThat(get("Node")).isEqualTo("a");
        assertThat(get("Store")).isEqualTo("database test");
        assertThat(get("Connection")).isEqualTo("connected");
        assertThat(get("Messages")).isEqualTo("off");
        assertThat(get("WaitingChanges")).isEqualTo(2);
        assertThat((String[]) get("Problems")).containsExactly("overruled");
        assertThat((String[]) get("ChangeLog")).containsExactly("last 50");
    }

    @Test
    void everyOperationReachesTheFleetWithItsScope() throws JMException {
        assertThat(invoke("changeSettings", "*", "breaker", "use*", "FailureThreshold=7"))
                .isEqualTo("a, b have it");
        invoke("changeSettings", " b , a,b", "retry", "*", "MaxAttempts=2");
        invoke("revertSettings", "b", "time-limit", "payments");
        invoke("forceOpen", "*", "users", "maintenance");
        invoke("forceOpenFor", "*", "users", 5, "");
        invoke("forceClosed", "*", "users", "");
        invoke("forceClosedFor", "*", "users", 60, "");
        invoke("observe", "*", "users", "");
        invoke("automatic", "*", "users");
        invoke("reset", "*", "users");
        assertThat(fleet.requests)
                .containsExactly(
                        "change {FAILURE_THRESHOLD=7} [] BREAKER [users]",
                        "change {MAX_ATTEMPTS=2} [b, a] RETRY [users, payments]",
                        "revert [b] TIME_LIMIT [payments]",
                        "FORCED_OPEN null 'maintenance' [] BREAKER [users]",
                        "FORCED_OPEN PT5M '' [] BREAKER [users]",
                        "FORCED_CLOSED null '' [] BREAKER [users]",
                        "FORCED_CLOSED PT1H '' [] BREAKER [users]",
                        "OBSERVING null '' [] BREAKER [users]",
                        "AUTOMATIC null '' [] BREAKER [users]",
                        "reset [] BREAKER [users]");
    }

    @Test
    void wrongParametersAreRefusedWithASentenceThatIsKept() throws JMException {
        assertThatThrownBy(() -> invoke("automatic", "a,,b", "users"))
                .isInstanceOf(RuntimeMBeanException.class)
                .hasRootCauseMessage("nodes must be * or names of nodes, separated by commas, but was a,,b");
        assertThatThrownBy(() -> invoke("automatic", "a,*", "users"))
                .hasStackTraceContaining("nodes must be * or names");
        assertThatThrownBy(() -> invoke("revertSettings", "*", "breakers", "users"))
                .hasRootCauseMessage(
                        "kind must be one of breaker, retry, fallback, time-limit, service, bulkhead but was breakers");
        assertThatThrownBy(() -> invoke("changeSettings", "*", "retry", "users", "FailureThreshold=7"))
                .hasStackTraceContaining("\"FailureThreshold\" is no setting of");
        assertThat(get("LastRefusedChange").toString()).contains("\"FailureThreshold\" is no setting of");
        assertThat(fleet.requests).isEmpty();
    }

    @Test
    void everythingIsAnnouncedWithDescriptions() throws JMException {
        var info = console.server.getMBeanInfo(FLEET);
        assertThat(info.getAttributes())
                .hasSize(10)
                .allMatch(each -> each.getDescription().length() > 10);
        assertThat(info.getOperations())
                .hasSize(9)
                .allMatch(each -> each.getDescription().length() > 10);
    }

    @Test
    void withoutPermissionNothingIsChanged() throws JMException {
        try (TestConsole readOnly = new TestConsole(false, SavedSettings.none())) {
            readOnly.mbeans.add(fleet);
            assertThatThrownBy(
                            () -> readOnly.server.invoke(FLEET, "automatic", new Object[] {"*", "users"}, new String[] {
                                "java.lang.String", "java.lang.String"
                            }))
                    .hasStackTraceContaining("switchgear.jmx.writable is false");
            assertThat(fleet.requests).isEmpty();
        }
    }
}
