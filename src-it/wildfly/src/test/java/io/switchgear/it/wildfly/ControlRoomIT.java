// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.wildfly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.switchgear.console.model.Detail;
import io.switchgear.console.model.Monitor;
import io.switchgear.console.model.RefusedException;
import io.switchgear.console.model.RemoteLink;
import io.switchgear.console.model.View;
import io.switchgear.it.servers.Archives;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The control room, by the connector of the server and with its roles. */
class ControlRoomIT {
    private static final String SHELF = "Shelf#look()";
    private static final Path CONSOLE = Path.of(System.getProperty("archives.directory"), "switchgear-console.jar");
    private static final Path CLIENT = Path.of(System.getProperty("server.home"), "bin/client/jboss-cli-client.jar");

    private static StartedServer server;

    @BeforeAll
    static void start() throws IOException {
        server = StartedServer.start("control-room", Map.of(), "standalone.xml", ControlRoomIT::withRoles);
        assertThat(server.deploy(Archives.guarded("room.war", ""))).isEqualTo("deployed");
    }

    /** As the page about security says. */
    private static String withRoles(String configuration) {
        String simple = "<access-control provider=\"simple\">";
        assertThat(configuration).contains(simple);
        return configuration
                .replace(simple, "<access-control provider=\"rbac\">")
                .replaceFirst("<role-mapping>", """
                <role-mapping>
                  <role name="Monitor"><include><user name="dashboard"/></include></role>
                  <role name="Operator"><include><user name="alice"/></include></role>
                """);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    // ---- the program

    private record Ended(int code, String text) {}

    private static Ended program(String classPath, String password, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-cp",
                classPath,
                "io.switchgear.console.Main",
                "--once"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("SWITCHGEAR_PASSWORD", password);
        Process process = builder.start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), text);
    }

    @Test
    void theProgramPrintsAllBreakersWithTheClientOfTheServer() throws Exception {
        String classPath = CONSOLE + File.pathSeparator + CLIENT;
        Ended local = program(classPath, "", server.jmx());
        assertThat(local.text()).contains(SHELF, "12 breakers, 0 open");
        assertThat(local.code()).isZero();
        Ended user = program(classPath, "dashboard", "--user", "dashboard", server.jmx());
        assertThat(user.text()).contains(SHELF, "12 breakers, 0 open");
        assertThat(user.code()).isZero();
        Ended wrong = program(classPath, "wrong", "--user", "dashboard", server.jmx());
        assertThat(wrong.text()).contains("refuses the user or the password");
        assertThat(wrong.code()).isEqualTo(2);
    }

    @Test
    void withoutTheClientOfTheServerTheProgramSaysWhatIsMissing() throws Exception {
        Ended ended = program(CONSOLE.toString(), "", server.jmx());
        assertThat(ended.text()).contains("remote+http", "class path");
        assertThat(ended.code()).isEqualTo(2);
    }

    // ---- what the tab, the window and the terminal show

    private static Monitor as(String user) {
        return new Monitor(new RemoteLink(server.jmx(), new String[] {user, user}), view -> {});
    }

    private static View viewOf(Monitor monitor, Predicate<View> wanted) {
        await().until(() -> wanted.test(monitor.last()));
        return monitor.last();
    }

    private static Detail shelf(Monitor monitor) {
        View view = viewOf(monitor, next -> !next.rows().isEmpty());
        monitor.select(view.rows().stream()
                .filter(row -> row.name().equals(SHELF))
                .findFirst()
                .orElseThrow()
                .mbean());
        return viewOf(
                        monitor,
                        next -> next.detail() != null
                                && next.detail().mbean().getKeyProperty("name").contains("Shelf#look"))
                .detail();
    }

    @Test
    void aMonitorSeesAllAndIsToldWhyItChangesNothing() {
        try (Monitor monitor = as("dashboard")) {
            Detail detail = shelf(monitor);
            assertThat(detail.setting("FailureThreshold").value()).isEqualTo("2");
            assertThat(monitor.last().whyReadOnly()).startsWith("Your role may only read: ");
            assertThatThrownBy(() -> monitor.change(detail.mbean(), Map.of(detail.setting("FailureThreshold"), "9"))
                            .get(10, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOf(RefusedException.class);
            assertThatThrownBy(() -> monitor.invoke(detail.mbean(), "reset").get(10, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOf(RefusedException.class);
            assertThat(shelf(monitor).setting("FailureThreshold").value()).isEqualTo("2");
        }
    }

    @Test
    void anOperatorTunesUndoesAndForcesAndSeesWhatHappened() throws Exception {
        try (Monitor monitor = as("alice")) {
            Detail detail = shelf(monitor);
            assertThat(monitor.last().whyReadOnly()).isEmpty();

            monitor.change(detail.mbean(), Map.of(detail.setting("FailureThreshold"), "3"))
                    .get(10, TimeUnit.SECONDS);
            assertThat(shelf(monitor).text("LastChange")).contains("FailureThreshold from 2 to 3", "alice");
            monitor.invoke(detail.mbean(), "undoLastChange").get(10, TimeUnit.SECONDS);
            assertThat(shelf(monitor).setting("FailureThreshold").value()).isEqualTo("2");
            assertThatThrownBy(() -> monitor.change(detail.mbean(), Map.of(detail.setting("FailureThreshold"), "0"))
                            .get(10, TimeUnit.SECONDS))
                    .cause()
                    .hasMessageContaining("FailureThreshold must be a whole number >= 1");

            monitor.invoke(detail.mbean(), "forceOpenFor", 60, "looked into").get(10, TimeUnit.SECONDS);
            View open = viewOf(monitor, next -> next.open() == 1);
            assertThat(open.rows().get(0).name()).isEqualTo(SHELF);
            viewOf(
                    monitor,
                    next -> next.events().stream()
                            .anyMatch(event -> event.text().contains("looked into")));
            monitor.invoke(detail.mbean(), "automatic").get(10, TimeUnit.SECONDS);
            monitor.invoke(detail.mbean(), "reset").get(10, TimeUnit.SECONDS);
            assertThat(shelf(monitor).text("Mode")).isEqualTo("AUTOMATIC");
        }
    }

    /** Another JMX client kept the connection that was closed (hyperic/hq 7). */
    @Test
    void aServerThatIsReloadedIsShownAgain() throws Exception {
        try (Monitor monitor = as("alice")) {
            viewOf(monitor, next -> next.problem().isEmpty());
            server.reload();
            viewOf(monitor, next -> next.problem().startsWith("No connection: "));
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> monitor.last().problem().isEmpty()
                            && monitor.last().rows().size() == 12);
        }
    }
}
