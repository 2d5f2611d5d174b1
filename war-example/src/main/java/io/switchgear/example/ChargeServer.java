// SPDX-License-Identifier: Apache-2.0
package io.switchgear.example;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import jakarta.enterprise.concurrent.ContextService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;

/** Listens on a free port of this machine, and fails as its backend does. */
final class ChargeServer implements AutoCloseable {
    private static final String CHARGES = "/charges/";

    private final Backend backend;
    private final HttpServer server;

    private ChargeServer(Backend backend, HttpServer server) {
        this.backend = backend;
        this.server = server;
    }

    static ChargeServer open(Backend backend, Executor threads, ContextService contexts) {
        HttpServer server;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failed) {
            throw new IllegalStateException("the provider of payments finds no port", failed);
        }
        ChargeServer charges = new ChargeServer(backend, server);
        // with the context of the application, as the JDK's threads, which have none, submit its calls
        server.createContext(CHARGES, contexts.createContextualProxy(charges::charge, HttpHandler.class));
        server.setExecutor(threads);
        server.start();
        return charges;
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void charge(HttpExchange exchange) throws IOException {
        try (exchange) {
            respond(exchange);
        }
    }

    private void respond(HttpExchange exchange) throws IOException {
        String id = exchange.getRequestURI().getPath().substring(CHARGES.length());
        byte[] receipt;
        try {
            receipt = backend.call(() -> ("receipt of " + id).getBytes(StandardCharsets.UTF_8));
        } catch (ConnectionResetException reset) {
            // the exchange is closed without a response
            return;
        } catch (BackendException broken) {
            exchange.getResponseHeaders().set("Retry-After", "1");
            exchange.sendResponseHeaders(503, -1);
            return;
        }
        exchange.sendResponseHeaders(200, receipt.length);
        exchange.getResponseBody().write(receipt);
    }
}
