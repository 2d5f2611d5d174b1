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
import jakarta.inject.Inject;

/** Simulates a remote payment provider, and makes its address known to the HTTP client. */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
public class PaymentProvider {
    @Inject
    private Backends backends;

    @Inject
    private ServiceRegistry services;

    @Inject
    private Threads threads;

    @Resource
    private ContextService contexts;

    private ChargeServer server;

    @PostConstruct
    void open() {
        server = ChargeServer.open(backends.payments(), threads.paymentProvider(), contexts);
        services.add(Payments.SERVICE, server.url());
    }

    @PreDestroy
    void close() {
        server.close();
    }
}
