package io.switchgear.it.wildfly.hearing;

import io.switchgear.status.CircuitTransition;
import jakarta.annotation.Priority;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A session bean that hears before others, and takes its time while it is asleep. */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
public class Sloth {
    private volatile CountDownLatch sleep = new CountDownLatch(0);

    public void hear(@Observes @Priority(2) CircuitTransition told) throws InterruptedException {
        if (!sleep.await(1, TimeUnit.MINUTES)) {
            throw new IllegalStateException("nobody wakes it");
        }
    }

    public void fallAsleep() {
        sleep = new CountDownLatch(1);
    }

    public void wake() {
        sleep.countDown();
    }
}
