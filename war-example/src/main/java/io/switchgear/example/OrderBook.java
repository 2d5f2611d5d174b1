// SPDX-License-Identifier: Apache-2.0
package io.switchgear.example;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The orders that the backend has accepted, each once; the last {@value #MAX_ORDERS} of them. */
@ApplicationScoped
public class OrderBook {
    private static final int MAX_ORDERS = 10_000;

    private final Map<String, Order> orders = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Order> eldest) {
            return size() > MAX_ORDERS;
        }
    };

    /** Accepts an order; returns it as it was accepted first. */
    public synchronized Order add(Order order) {
        Order first = orders.putIfAbsent(order.id(), order);
        return first == null ? order : first;
    }

    public synchronized Optional<Order> find(String id) {
        return Optional.ofNullable(orders.get(id));
    }
}
