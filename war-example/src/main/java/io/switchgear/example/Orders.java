// SPDX-License-Identifier: Apache-2.0
package io.switchgear.example;

import io.switchgear.CircuitBreaking;
import io.switchgear.Retrying;
import io.switchgear.TimeLimiting;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Places orders: a CDI bean whose calls are retried, so that no order is lost to a brief failure. */
@ApplicationScoped
public class Orders {
    @Inject
    private Backends backends;

    @Inject
    private OrderBook book;

    /**
     * Places an order. It may be retried, since the client chooses the order's id, so that the backend takes it only
     * once. The retries have the name of the breaker, and end when it opens. So has the time limit, which each attempt
     * has.
     */
    @CircuitBreaking(name = "orders", openMillis = 10_000)
    @TimeLimiting
    @Retrying(delayMillis = 50, maxDurationMillis = 2_000)
    public Order place(Order order) {
        return backends.orders().call(() -> book.add(order));
    }
}
