// SPDX-License-Identifier: Apache-2.0
package io.switchgear.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.message.RecordedLog;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client that cannot be replaced, for lack of memory or files, is replaced later, and no request waits for that. */
@Timeout(60)
class RenewableClientTest {
    private final AtomicBoolean lacking = new AtomicBoolean();
    private final InternalError reason = new InternalError("Too many open files");

    private HttpClient another() {
        if (lacking.get()) {
            throw reason;
        }
        return new StubHttpClient(() -> new IOException("closed"));
    }

    @Test
    void theRequestEndsAtOnceAndTheNextOneTriesAgain() throws Exception {
        ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1);
        RenewableClient clients = RenewableClient.of(this::another);
        HttpClient first = clients.present();
        try (TestService service = new TestService(RawBackend.ok("unused"), s -> s, TestService.timeout(86_400_000));
                ResilientHttpClient client = new ResilientHttpClient(service.registry, clients, scheduler, false);
                RecordedLog log = new RecordedLog()) {
            lacking.set(true);
            assertThatThrownBy(() -> client.send("pay", service.get("/x"), BodyHandlers.ofString()))
                    .isInstanceOf(IOException.class)
                    .hasMessage("closed")
                    .satisfies(thrown -> assertThat(thrown.getSuppressed()).containsExactly(reason));
            assertThat(clients.present()).isSameAs(first);
            assertThat(log.lines()).isEmpty();
            lacking.set(false);
            assertThatThrownBy(() -> client.send("pay", service.get("/x"), BodyHandlers.ofString()))
                    .hasMessage("closed");
            assertThat(clients.present()).isNotSameAs(first);
            assertThat(log.lines()).hasSize(1).allMatch(line -> line.contains("SGR0047"));
            assertThat(service.seen().failures()).isZero();
            assertThat(service.seen().callsInFlight()).isZero();
        } finally {
            scheduler.shutdownNow();
        }
    }

    @Test
    void connectionsThatStayOpenLeadToAnotherClientAsSoonAsThereCanBeOne() {
        RenewableClient clients = RenewableClient.of(this::another);
        HttpClient first = clients.present();
        try (RecordedLog log = new RecordedLog()) {
            lacking.set(true);
            ProtocolException failure = new ProtocolException("Invalid status line");
            for (int i = 0; i < RenewableClient.MAX_LEFT_OPEN; i++) {
                clients.leavesConnectionOpen(first, failure);
            }
            assertThat(failure.getSuppressed()).containsExactly(reason);
            assertThat(clients.present()).isSameAs(first);
            assertThat(log.lines()).isEmpty();
            lacking.set(false);
            clients.leavesConnectionOpen(first, failure);
            assertThat(clients.present()).isNotSameAs(first);
            assertThat(log.lines()).hasSize(1);
        }
    }
}
