/**
 * Services by name, and a client that calls each under its own breaker, over the JDK's HTTP client. Part of the API.
 *
 * <p>{@link io.switchgear.http.ServiceRegistry} has the addresses and the health of services.
 * {@link io.switchgear.http.ResilientHttpClient} sends each request in attempts, one after the other and without
 * holding a thread, until one succeeds or no more are allowed. An attempt holds its permit until the body is complete,
 * or has a status of 500 or above. What the service does counts as a failure; what the caller or the client does, such
 * as a request that was never sent, counts as neither.
 *
 * <p>The JDK's client itself sends a request once more if no connection can be established, if the service returned it
 * unprocessed, or, for {@code GET} and {@code HEAD}, if a connection ends before the first byte of a response. This
 * cannot be switched off for one client, and counts as one attempt.
 */
package io.switchgear.http;
