// SPDX-License-Identifier: Apache-2.0
package io.switchgear.example;

import io.switchgear.http.ResilientHttpClient;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CancellationException;

/** Charges users through a payment provider, over HTTP. */
@ApplicationScoped
public class Payments {
    static final String SERVICE = "payments";

    @Inject
    private ResilientHttpClient http;

    /**
     * Charges a user. The request is idempotent, so the client may retry it.
     *
     * @throws BackendException if the provider does not accept the charge
     */
    public Receipt pay(String orderId, int cents) {
        HttpRequest charge = http.request(SERVICE, "/charges/{order}", orderId)
                .PUT(BodyPublishers.ofString(Integer.toString(cents)))
                .build();
        try {
            HttpResponse<String> response = http.send(SERVICE, charge, BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new BackendException("the provider of payments answered " + response.statusCode());
            }
            return new Receipt(orderId, cents, response.body());
        } catch (IOException failed) {
            throw new BackendException("the provider of payments cannot be reached: " + failed.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while waiting for the provider of payments");
        }
    }
}
