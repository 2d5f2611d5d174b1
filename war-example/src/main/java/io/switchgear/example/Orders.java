package io.switchgear.example;

import io.switchgear.CircuitBreaking;
import io.switchgear.Retrying;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** What was ordered: a CDI bean whose calls are tried again, since nobody likes to lose an order. */
@ApplicationScoped
public class Orders {
    @Inject
    private Backend backend;

    /**
     * May be tried again, since an order has its number from who orders: the backend takes it once. Shares name and
     * budget with the breaker, which ends all trying when it opens.
     */
    @CircuitBreaking(name = "orders", openMillis = 10_000)
    @Retrying(delayMillis = 50, maxDurationMillis = 2_000)
    public Order place(Order order) {
        return backend.ask(() -> order);
    }
}
