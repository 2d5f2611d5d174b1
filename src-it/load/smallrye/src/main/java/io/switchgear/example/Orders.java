// SPDX-License-Identifier: Apache-2.0
package io.switchgear.example;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;

/** Places orders. */
@ApplicationScoped
public class Orders {
    @Inject
    private Backends backends;

    @Inject
    private OrderBook book;

    @CircuitBreaker(requestVolumeThreshold = 10, successThreshold = 3)
    @Timeout(500)
    @Bulkhead(4)
    @Retry(maxRetries = 2, delay = 50, maxDuration = 2_000, abortOn = CircuitBreakerOpenException.class)
    public Order place(Order order) {
        return backends.orders().call(() -> book.add(order));
    }
}
