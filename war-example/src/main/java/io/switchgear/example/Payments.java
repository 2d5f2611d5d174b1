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

/** What is paid: over HTTP, by somebody else. */
@ApplicationScoped
public class Payments {
    static final String SERVICE = "payments";

    @Inject
    private ResilientHttpClient http;

    /**
     * Charges a user. To put a charge twice is to put it once, so the client may send it again.
     *
     * @throws BackendException if the provider does not take it
     */
    public Receipt pay(String orderId, int cents) {
        HttpRequest charge = http.request(SERVICE, "/charges/" + orderId)
                .PUT(BodyPublishers.ofString(Integer.toString(cents)))
                .build();
        try {
            HttpResponse<String> answer = http.send(SERVICE, charge, BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new BackendException("the provider of payments answered " + answer.statusCode());
            }
            return new Receipt(orderId, cents, answer.body());
        } catch (IOException failed) {
            throw new BackendException("the provider of payments cannot be reached: " + failed.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while waiting for the provider of payments");
        }
    }
}
