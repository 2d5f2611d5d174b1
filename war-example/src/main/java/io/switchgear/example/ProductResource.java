// SPDX-License-Identifier: Apache-2.0
package io.switchgear.example;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** The products of the shop. */
@Path("products")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class ProductResource {
    @Inject
    private Products products;

    @GET
    public List<Product> all() {
        return products.all();
    }

    @GET
    @Path("{id}")
    public Product product(@PathParam("id") long id) {
        return products.find(id).orElseThrow(NotFoundException::new);
    }
}
