// SPDX-License-Identifier: Apache-2.0
package io.switchgear.http;

import io.switchgear.CircuitOpenException;
import io.switchgear.message.Address;
import io.switchgear.time.Ticker;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/**
 * A client that calls services over the JDK's {@link HttpClient}, each under its own breaker. These are failures: a
 * status of 500 or above, a connection that cannot be established or breaks, and a response that is not complete in
 * time, body included. A status of 400 to 499 is not a failure. What the caller does, and a request that the client
 * could not send or that the service returned unprocessed, counts as neither. Redirects are not followed, as they may
 * lead to another service. Safe for use by many threads; one client serves all services.
 *
 * <p>Requests are retried only if their method is idempotent, if they have certainly taken no effect, or if
 * {@link io.switchgear.settings.ServiceSettings#retryNonIdempotent} is set. They are retried after a status of 429,
 * 502, 503 or 504, and after a failure that occurs before the caller's body handler was given a response.
 * {@code Retry-After} is honoured for 429 and 503. The handlers {@code ofString}, {@code ofByteArray} and
 * {@code discarding} show nothing of a body that is not complete, so a broken body is retried with them. A request body
 * is sent again only if its publisher is {@code ofString}, {@code ofByteArray} or {@code ofFile}, or was not subscribed
 * yet.
 *
 * <p>While a body is read as a stream its request is pending: it ends with an {@link IOException} at the time-out, or
 * when the breaker opens. Close a stream that is not read to its end; otherwise its connection stays in use until then.
 *
 * @since 0.1
 */
public final class ResilientHttpClient implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

    private final ServiceRegistry services;
    private final Set<Call<?>> calls = ConcurrentHashMap.newKeySet();
    private final boolean ownsScheduler;
    // null once closed: the JDK's client ends its thread when nothing refers to it any more
    private volatile Transport transport;

    /** Creates a client with its own threads, which end when they are idle, and a connect time-out of 2 s. */
    public ResilientHttpClient(ServiceRegistry services) {
        this(services, ownClient(), ClientThreads.scheduler(), true);
    }

    /**
     * Creates a client over one of the JDK's, which determines connect time-out, threads, proxy and certificates. Good
     * responses are not kept if that has a cookie handler or an authenticator, since they may be for one user alone.
     *
     * @param scheduler for time-outs and delays, such as the server's; it is not shut down
     * @throws IllegalArgumentException if the client follows redirects
     */
    public ResilientHttpClient(ServiceRegistry services, HttpClient client, ScheduledExecutorService scheduler) {
        this(services, RenewableClient.of(client), scheduler, false);
    }

    ResilientHttpClient(
            ServiceRegistry services,
            RenewableClient clients,
            ScheduledExecutorService scheduler,
            boolean ownsScheduler) {
        HttpClient client = clients.present();
        if (client.followRedirects() != Redirect.NEVER) {
            throw new IllegalArgumentException("followRedirects of the client must be NEVER but was "
                    + client.followRedirects() + "; a redirect may lead to another service than the breaker's");
        }
        Executor executor = client.executor().orElse(scheduler);
        this.services = services;
        this.ownsScheduler = ownsScheduler;
        this.transport = new Transport(clients, executor, scheduler, InstantSource.system(), Ticker.SYSTEM);
    }

    private static RenewableClient ownClient() {
        Executor executor = ClientThreads.executor();
        return RenewableClient.of(() -> HttpClient.newBuilder()
                .connectTimeout(CONNECT_TIMEOUT)
                .followRedirects(Redirect.NEVER)
                .executor(executor)
                .build());
    }

    /**
     * Returns a builder of a request to a service.
     *
     * @param path below the service's address, with a placeholder for each value and perhaps a query, as in <code>
     *     /orders/{id}?full=true</code>; neither decoded nor encoded
     * @param values replace the placeholders, in order. They are encoded: a value with {@code /}, {@code ?}, {@code #}
     *     or {@code %} stays within its segment
     * @throws IllegalArgumentException if no service has this name, if the path leads elsewhere, if there are not as
     *     many values as placeholders, or if a value is {@code null}, or has half a surrogate pair, or is empty,
     *     {@code .} or {@code ..} within the path
     */
    public HttpRequest.Builder request(String service, String path, Object... values) {
        return HttpRequest.newBuilder(services.service(service).base().resolve(path, values));
    }

    /**
     * Sends {@code request} and waits for the response.
     *
     * @return the response, whatever its status; may be a {@link StaleResponse}
     * @throws IOException if the request failed, or, as {@link PendingCancelledException}, if the breaker opened while
     *     it was pending
     * @throws CircuitOpenException if the breaker rejected the request, which was not sent; the failure of an attempt
     *     before it, if there was one, is suppressed
     * @throws InterruptedException if the thread was interrupted; the request is then cancelled and counts as neither
     *     success nor failure
     * @throws IllegalArgumentException if no service has this name, or if the request goes elsewhere
     * @throws IllegalStateException if this client is closed
     */
    public <T> HttpResponse<T> send(String service, HttpRequest request, BodyHandler<T> handler)
            throws IOException, InterruptedException {
        Call<T> call = started(service, request, handler);
        CompletableFuture<HttpResponse<T>> response = call.result();
        try {
            return outcome(call);
        } catch (InterruptedException interrupted) {
            if (response.cancel(true)) {
                throw interrupted;
            }
            // a response that came first may hold a connection until the caller reads it
            Thread.currentThread().interrupt();
            return outcome(call);
        }
    }

    private static <T> HttpResponse<T> outcome(Call<T> call) throws IOException, InterruptedException {
        try {
            return call.result().get();
        } catch (ExecutionException failed) {
            call.rethrown(failed.getCause());
            throw checked(failed.getCause());
        } catch (CancellationException closed) {
            // newer versions of the JDK put the reason into the cause
            throw closed.getCause() instanceof CancellationException why ? why : closed;
        }
    }

    /** Returns the cause as an {@link IOException}; throws it if it is unchecked. */
    private static IOException checked(Throwable cause) {
        if (cause instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof IOException failure ? failure : new IOException(cause);
    }

    /**
     * Sends {@code request} without waiting. Cancelling the returned future cancels the request; cancelling a future
     * derived from it does not.
     *
     * @return the response, or the exception, as from {@link #send}
     * @throws IllegalArgumentException if no service has this name, or if the request goes elsewhere
     * @throws IllegalStateException if this client is closed
     */
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
            String service, HttpRequest request, BodyHandler<T> handler) {
        return started(service, request, handler).result();
    }

    private <T> Call<T> started(String service, HttpRequest request, BodyHandler<T> handler) {
        Objects.requireNonNull(handler, "handler");
        Service called = services.service(service);
        URI url = request.uri();
        if (!called.base().contains(url)) {
            throw new IllegalArgumentException("a request to service " + service + " must go to an address below "
                    + called.base().url() + " but went to "
                    + Address.origin(url.toString()));
        }
        Transport open = transport;
        if (open == null) {
            throw new IllegalStateException("the client is closed; create another one for service " + service);
        }
        Call<T> call = new Call<>(called, open, request, handler);
        calls.add(call);
        call.start();
        CompletionStage<HttpResponse<T>> end = call.result();
        end.whenComplete((received, thrown) -> calls.remove(call));
        if (transport == null) {
            call.cancel();
        }
        return call;
    }

    /** Cancels all pending calls. The services and their breakers remain. */
    @Override
    public void close() {
        Transport open = transport;
        transport = null;
        if (open != null) {
            for (Call<?> call : calls) {
                call.cancel();
            }
            CancellationException closed = new CancellationException("the client was closed");
            for (Service service : services.services()) {
                service.pending().end(open, closed);
            }
            if (ownsScheduler) {
                open.scheduler().shutdownNow();
            }
        }
    }
}
