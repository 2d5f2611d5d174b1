package io.switchgear.it.wildfly.guarded;

import io.switchgear.CircuitBreaking;
import jakarta.enterprise.context.SessionScoped;
import jakarta.inject.Inject;
import java.io.Serializable;

/** The server writes it to disk with its session, its interceptor too. */
@SessionScoped
public class Basket implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    Backend backend;

    @CircuitBreaking(failureThreshold = 2)
    public String price() {
        return backend.answer();
    }
}
