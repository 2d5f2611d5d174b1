// SPDX-License-Identifier: Apache-2.0
package io.switchgear.example;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Timeout;

/** The products of the shop. */
@ApplicationScoped
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

    @CircuitBreaker(requestVolumeThreshold = 10, successThreshold = 3)
    @Timeout(500)
    @Bulkhead(4)
    public List<Product> all() {
        return backends.products().call(() -> ALL);
    }

    @CircuitBreaker(requestVolumeThreshold = 10, successThreshold = 3)
    @Timeout(500)
    @Bulkhead(4)
    public Optional<Product> find(long id) {
        return backends.products()
                .call(() -> ALL.stream().filter(product -> product.id() == id).findFirst());
    }
}
