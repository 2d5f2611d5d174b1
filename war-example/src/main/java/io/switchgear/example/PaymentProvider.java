// SPDX-License-Identifier: Apache-2.0
package io.switchgear.example;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.switchgear.http.ServiceRegistry;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ContextService;
import jakarta.enterprise.concurrent.ManagedExecutorDefinition;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Simulates a remote payment provider: listens on a free port of this machine, and fails as the backend does. */
@Singleton
@Startup
@ManagedExecutorDefinition(name = PaymentProvider.THREADS, maxAsync = 32)
@TransactionManagement(TransactionManagementType.BEAN)
public class PaymentProvider {
    /** Threads of its own, as a remote system has: those that hang are not missing in the shop. */
    static final String THREADS = "java:module/concurrent/payment-provider";

    private static final String CHARGES = "/charges/";

    @Inject
    private Backends backends;

    @Inject
    private ServiceRegistry services;

    @Resource(lookup = PaymentProvider.THREADS)
    private ManagedExecutorService executor;

    @Resource
    private ContextService contexts;

    private HttpServer server;

    @PostConstruct
    void open() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failed) {
            throw new IllegalStateException("the provider of payments finds no port", failed);
        }
        // with the context of the application, as the JDK's threads, which have none, submit its calls
        server.createContext(CHARGES, contexts.createContextualProxy(this::charge, HttpHandler.class));
        server.setExecutor(executor);
        server.start();
        services.add(
                Payments.SERVICE,
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
    }

    @PreDestroy
    void close() {
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
            receipt = backends.payments().call(() -> ("receipt of " + id).getBytes(StandardCharsets.UTF_8));
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
