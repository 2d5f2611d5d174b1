// SPDX-License-Identifier: Apache-2.0
package io.switchgear.example;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;

/** Charges users through a payment provider, over HTTP. */
@ApplicationScoped
public class Payments {
    private final HttpClient http = HttpClient.newHttpClient();

    @Inject
    private PaymentProvider provider;

    @CircuitBreaker(requestVolumeThreshold = 10, successThreshold = 3)
    @Bulkhead(4)
    @Retry(maxRetries = 2, delay = 50, maxDuration = 2_000, abortOn = CircuitBreakerOpenException.class)
    public Receipt pay(String orderId, int cents) {
        HttpRequest charge = HttpRequest.newBuilder(provider.url().resolve("/charges/" + orderId))
                .timeout(Duration.ofMillis(500))
                .PUT(BodyPublishers.ofString(Integer.toString(cents)))
                .build();
        try {
            HttpResponse<String> response = http.send(charge, BodyHandlers.ofString());
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
