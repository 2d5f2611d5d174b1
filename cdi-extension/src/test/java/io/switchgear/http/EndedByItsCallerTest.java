// SPDX-License-Identifier: Apache-2.0
package io.switchgear.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.switchgear.settings.ServiceSettings;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A request whose future is ended by its caller, in any way, is cancelled and counts as neither. */
class EndedByItsCallerTest {
    static Stream<Consumer<CompletableFuture<HttpResponse<String>>>> ways() {
        return Stream.of(
                future -> future.cancel(true),
                future -> future.completeExceptionally(new IllegalStateException("unwanted")),
                future -> future.complete(null),
                future -> future.completeOnTimeout(null, 1, TimeUnit.MILLISECONDS));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void itIsCancelled(Consumer<CompletableFuture<HttpResponse<String>>> end) throws Exception {
        try (TestService service = new TestService(
                RawBackend.hang(), s -> s, ServiceSettings.defaults().requestTimeoutMillis(60_000))) {
            CompletableFuture<HttpResponse<String>> pending = service.sendAsync("/x");
            await().until(() -> service.backend.requests().size() == 1);
            end.accept(pending);
            await().until(() -> service.health().pendingRequests() == 0);
            assertThat(service.seen().failures()).isZero();
            assertThat(service.seen().callsInFlight()).isZero();
        }
    }
}
