// SPDX-License-Identifier: Apache-2.0
package io.switchgear.example;

import io.switchgear.CircuitOpenException;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.inject.Inject;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Simulates the traffic of the shop, at a fixed rate of calls. A slow backend is not flooded: no call begins while
 * {@value #MAX_SHOPPERS} are in flight.
 */
@Singleton
@Startup
@DependsOn("PaymentProvider")
@TransactionManagement(TransactionManagementType.BEAN)
public class Shoppers {
    private static final int MAX_SHOPPERS = 20;

    private final Semaphore doors = new Semaphore(MAX_SHOPPERS);

    @Inject
    private Users users;

    @Inject
    private Products products;

    @Inject
    private Orders orders;

    @Inject
    private Payments payments;

    @Inject
    private Threads threads;

    @Resource
    private ManagedExecutorService floor;

    private Traffic traffic = new Traffic(5);
    private Future<?> arrivals;

    @PostConstruct
    void open() {
        if (traffic.callsPerSecond() > 0) {
            long periodNanos = TimeUnit.SECONDS.toNanos(1) / traffic.callsPerSecond();
            arrivals = threads.clock().scheduleAtFixedRate(this::admit, periodNanos, periodNanos, TimeUnit.NANOSECONDS);
        }
    }

    @PreDestroy
    void close() {
        if (arrivals != null) {
            arrivals.cancel(false);
            arrivals = null;
        }
    }

    public Traffic traffic() {
        return traffic;
    }

    public void change(Traffic wanted) {
        close();
        traffic = wanted;
        open();
    }

    private void admit() {
        if (doors.tryAcquire()) {
            try {
                floor.execute(this::shopAndLeave);
            } catch (RejectedExecutionException closing) {
                doors.release();
            }
        }
    }

    private void shopAndLeave() {
        try {
            shop();
        } catch (CircuitOpenException | BackendException expected) {
            // counted by the breakers already
        } finally {
            doors.release();
        }
    }

    private void shop() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long userId = random.nextLong(Users.COUNT) + 1;
        long productId = random.nextLong(Products.COUNT) + 1;
        String orderId = UUID.randomUUID().toString();
        switch (random.nextInt(6)) {
            case 0 -> users.find(userId);
            case 1 -> users.points(userId);
            case 2 -> products.find(productId);
            case 3 -> orders.place(new Order(orderId, userId, productId));
            case 4 -> payments.pay(orderId, random.nextInt(10_000) + 1);
            default -> products.all();
        }
    }
}
