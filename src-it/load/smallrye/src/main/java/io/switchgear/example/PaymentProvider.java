// SPDX-License-Identifier: Apache-2.0
package io.switchgear.example;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ContextService;
import jakarta.enterprise.concurrent.ManagedExecutorDefinition;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;

/** Simulates a remote payment provider. */
@ApplicationScoped
@ManagedExecutorDefinition(name = PaymentProvider.THREADS, maxAsync = 32)
public class PaymentProvider {
    static final String THREADS = "java:module/concurrent/payment-provider";

    @Inject
    private Backends backends;

    @Resource(lookup = PaymentProvider.THREADS)
    private ManagedExecutorService threads;

    @Resource
    private ContextService contexts;

    private ChargeServer server;

    @PostConstruct
    void open() {
        server = ChargeServer.open(backends.payments(), threads, contexts);
    }

    @PreDestroy
    void close() {
        server.close();
    }

    public URI url() {
        return server.url();
    }
}
