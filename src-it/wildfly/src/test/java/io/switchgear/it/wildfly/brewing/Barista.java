// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.wildfly.brewing;

import io.switchgear.it.wildfly.coffee.Roastery;
import jakarta.ejb.AccessTimeout;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Retry;

@Path("barista")
@Singleton
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@Retry(maxRetries = 2, jitter = 0)
public class Barista {
    private static final long ACCESS_MILLIS = 5_000;

    @Inject
    private Roastery roastery;

    @GET
    @Path("espresso")
    public String espresso() {
        return roastery.ask("espresso");
    }

    /** Has an annotation of session beans too, which says nothing about its attempts. */
    @GET
    @Path("latte")
    @AccessTimeout(ACCESS_MILLIS)
    @CircuitBreaker(requestVolumeThreshold = 3, delay = 60_000)
    public String latte() {
        return roastery.ask("latte");
    }
}
