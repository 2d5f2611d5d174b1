package io.switchgear.it.wildfly.hearing;

import io.switchgear.status.CircuitTransition;
import jakarta.annotation.Priority;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Observes;

/** A session bean that hears first, and fails: its container rolls back what transaction it is in. */
@Stateless
public class Broken {
    public void hear(@Observes @Priority(1) CircuitTransition told) {
        throw new IllegalStateException("broken, whatever is told");
    }
}
