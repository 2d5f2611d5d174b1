// SPDX-License-Identifier: Apache-2.0
package io.switchgear.example;

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

/** Simulates a remote payment provider, and makes its address known to the HTTP client. */
@Singleton
@Startup
@ManagedExecutorDefinition(name = PaymentProvider.THREADS, maxAsync = 32)
@TransactionManagement(TransactionManagementType.BEAN)
public class PaymentProvider {
    /** Threads of its own, as a remote system has: those that hang are not missing in the shop. */
    static final String THREADS = "java:module/concurrent/payment-provider";

    @Inject
    private Backends backends;

    @Inject
    private ServiceRegistry services;

    @Resource(lookup = PaymentProvider.THREADS)
    private ManagedExecutorService threads;

    @Resource
    private ContextService contexts;

    private ChargeServer server;

    @PostConstruct
    void open() {
        server = ChargeServer.open(backends.payments(), threads, contexts);
        services.add(Payments.SERVICE, server.url());
    }

    @PreDestroy
    void close() {
        server.close();
    }
}
