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
import java.util.concurrent.ScheduledExecutorService;

/**
 * Threads of the shop's own. Intentional: they are not those of a managed executor. On some servers these serve
 * requests too, and here calls hang that nothing interrupts. And GlassFish drops a task that is due at the end of a
 * deployment, and runs one that the thread of a console has scheduled without the context of the application.
 */
@ApplicationScoped
public class Threads {
    @Resource
    private ManagedThreadFactory factory;

    private ScheduledExecutorService clock;
    private ExecutorService points;
    private ExecutorService paymentProvider;

    @PostConstruct
    void start() {
        clock = Executors.newSingleThreadScheduledExecutor(factory);
        points = Executors.newFixedThreadPool(8, factory);
        paymentProvider = Executors.newFixedThreadPool(32, factory);
    }

    @PreDestroy
    void stop() {
        clock.shutdownNow();
        points.shutdownNow();
        paymentProvider.shutdownNow();
    }

    /** For what is periodic, and takes no time. */
    public ScheduledExecutorService clock() {
        return clock;
    }

    public Executor points() {
        return points;
    }

    public Executor paymentProvider() {
        return paymentProvider;
    }
}
