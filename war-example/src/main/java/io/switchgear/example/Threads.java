// SPDX-License-Identifier: Apache-2.0
package io.switchgear.example;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Threads of the shop's own, for calls that hang and that nothing interrupts. Intentional: they are not those of a
 * managed executor, as on some servers these serve requests too.
 */
@ApplicationScoped
public class Threads {
    @Resource
    private ManagedThreadFactory factory;

    private ExecutorService points;
    private ExecutorService paymentProvider;

    @PostConstruct
    void start() {
        points = Executors.newFixedThreadPool(8, factory);
        paymentProvider = Executors.newFixedThreadPool(32, factory);
    }

    @PreDestroy
    void stop() {
        points.shutdownNow();
        paymentProvider.shutdownNow();
    }

    public Executor points() {
        return points;
    }

    public Executor paymentProvider() {
        return paymentProvider;
    }
}
