// SPDX-License-Identifier: Apache-2.0
package io.switchgear.example;

import io.switchgear.CircuitBreaking;
import io.switchgear.FallingBack;
import io.switchgear.TimeLimiting;
import io.switchgear.settings.TripOn;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;

/** The products of the shop: a session bean. */
@Stateless
public class Products {
    static final int COUNT = 5;

    private static final List<Product> ALL = List.of(
            new Product(1, "Fuse, 10 A", 120),
            new Product(2, "Two-way switch", 890),
            new Product(3, "Relay, 24 V", 1_450),
            new Product(4, "Pilot lamp, green", 430),
            new Product(5, "Main breaker, 63 A", 5_990));

    @Inject
    private Backends backends;

    /** Returns all products. The breaker opens when half of the last 20 calls failed. */
    @CircuitBreaking(
            name = "catalogue",
            tripOn = TripOn.CALL_WINDOW,
            windowCalls = 20,
            minimumCalls = 10,
            openMillis = 10_000)
    @TimeLimiting
    public List<Product> all() {
        return backends.products().call(() -> ALL);
    }

    /**
     * Returns a product. The breaker, named after the method, opens after five consecutive failures. A product that was
     * loaded within the last five minutes is good enough to show.
     */
    @CircuitBreaking(openMillis = 10_000)
    @TimeLimiting
    @FallingBack(lastGood = true)
    public Optional<Product> find(long id) {
        return backends.products()
                .call(() -> ALL.stream().filter(product -> product.id() == id).findFirst());
    }
}
