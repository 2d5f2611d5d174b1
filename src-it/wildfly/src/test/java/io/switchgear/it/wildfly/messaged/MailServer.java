// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.wildfly.messaged;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.Connector;
import jakarta.resource.spi.ResourceAdapter;
import jakarta.resource.spi.endpoint.MessageEndpoint;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.transaction.xa.XAResource;

/** A resource adapter whose messages are calls of tests. */
@Connector
public class MailServer implements ResourceAdapter {
    private static final CompletableFuture<MessageEndpointFactory> ENDPOINTS = new CompletableFuture<>();

    /** Sends a message to the message-driven bean and returns what that returns. */
    public static String send(Function<Mail, String> message) throws Exception {
        MessageEndpoint endpoint = ENDPOINTS.get(20, TimeUnit.SECONDS).createEndpoint(null);
        try {
            return message.apply((Mail) endpoint);
        } finally {
            endpoint.release();
        }
    }

    @Override
    public void start(BootstrapContext context) {
        // needs nothing of the server
    }

    @Override
    public void stop() {
        // nothing was started
    }

    @Override
    public void endpointActivation(MessageEndpointFactory endpoints, ActivationSpec spec) {
        ENDPOINTS.complete(endpoints);
    }

    @Override
    public void endpointDeactivation(MessageEndpointFactory endpoints, ActivationSpec spec) {
        // the application ends
    }

    @Override
    public XAResource[] getXAResources(ActivationSpec[] specs) throws ResourceException {
        return new XAResource[0];
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
