// SPDX-License-Identifier: Apache-2.0
package io.switchgear.console.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.switchgear.console.Generator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests users and roles, with the files of the JDK's connector. */
class AccessTest {
    private final Generator shop = new Generator("shop", 2);

    @TempDir
    private Path files;

    private LocalLink server;

    @BeforeEach
    void start() throws IOException {
        Path passwords = Files.writeString(files.resolve("jmxremote.password"), "viewer v1\nchief c1\n");
        Path roles = Files.writeString(files.resolve("jmxremote.access"), "viewer readonly\nchief readwrite\n");
        server = new LocalLink(Map.of(
                "jmx.remote.x.password.file", passwords.toString(), "jmx.remote.x.access.file", roles.toString()));
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        shop.close();
    }

    private Monitor as(String user, String password) {
        return new Monitor(new RemoteLink(server.url(), new String[] {user, password}), view -> {});
    }

    private static View viewOf(Monitor monitor, Predicate<View> wanted) {
        await().atMost(Duration.ofSeconds(10)).until(() -> wanted.test(monitor.last()));
        return monitor.last();
    }

    @Test
    void aPasswordThatIsRefusedIsSaidInASentence() {
        try (Monitor monitor = as("viewer", "wrong")) {
            View view = viewOf(monitor, next -> !next.problem().startsWith("Connecting"));
            assertThat(view.problem())
                    .startsWith("No connection: ")
                    .contains(" refuses the user or the password: ")
                    .endsWith(". Trying again");
            assertThat(view.rows()).isEmpty();
        }
    }

    @Test
    void aRoleThatMayOnlyReadSeesAllAndIsToldWhyItChangesNothing() {
        shop.fail(shop.get(1), 5);
        try (Monitor monitor = as("viewer", "v1")) {
            View view = viewOf(monitor, next -> next.detail() != null && next.open() == 1);
            assertThat(view.whyReadOnly()).startsWith("Your role may only read: ");
            assertThat(view.rows()).hasSize(2);
            Detail detail = view.detail();
            assertThat(detail.text("LastTrip")).contains("5 consecutive failures");
            assertThatThrownBy(() -> monitor.invoke(detail.mbean(), "reset").get(10, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOf(RefusedException.class);
            assertThatThrownBy(() -> monitor.rehearse(detail.mbean(), Map.of(detail.setting("FailureThreshold"), "2"))
                            .get(10, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOf(RefusedException.class);
            assertThat(shop.get(1).snapshot().rehearsal()).isNull();
            assertThat(shop.get(1).snapshot().lastChange()).isNull();
        }
    }

    @Test
    void aRoleThatMayWriteChangesSettingsInItsName() throws Exception {
        try (Monitor monitor = as("chief", "c1")) {
            View view = viewOf(monitor, next -> next.detail() != null);
            assertThat(view.whyReadOnly()).isEmpty();
            Detail detail = view.detail();
            monitor.rehearse(detail.mbean(), Map.of(detail.setting("FailureThreshold"), "2"))
                    .get(10, TimeUnit.SECONDS);
            assertThat(viewOf(monitor, next -> next.detail().isRehearsing())
                            .detail()
                            .text("RehearsalBy"))
                    .startsWith("chief");
        }
    }
}
