// SPDX-License-Identifier: Apache-2.0
package io.switchgear.example;

import io.switchgear.CircuitBreakers;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** The state of all breakers, for the page. */
@Path("breakers")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class BreakerResource {
    @Inject
    private CircuitBreakers breakers;

    @GET
    public List<BreakerRow> all() {
        return breakers.all().stream()
                .map(breaker -> BreakerRow.of(breaker.snapshot()))
                .toList();
    }
}
