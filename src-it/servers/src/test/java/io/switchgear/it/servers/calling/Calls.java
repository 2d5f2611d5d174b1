// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers.calling;

import io.switchgear.http.ResilientHttpClient;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;

/**
 * Makes a call when the application starts, and begins another. Intentional: not triggered by an HTTP request, since
 * idle threads of the server refer to their last request, and with it to the application.
 */
@ApplicationScoped
public class Calls {
    @Inject
    ResilientHttpClient client;

    void begin(@Observes Startup event) throws IOException, InterruptedException {
        client.send("backend", request("/ended"), BodyHandlers.ofString());
        CompletableFuture<HttpResponse<String>> unused =
                client.sendAsync("backend", request("/pending"), BodyHandlers.ofString());
    }

    private HttpRequest request(String path) {
        return client.request("backend", path).build();
    }
}
