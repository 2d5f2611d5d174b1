package io.switchgear.http;

import io.switchgear.CircuitOpenException;
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
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Calls services over the JDK's {@link HttpClient}, each under its own breaker. A status of 500 or above, a connection
 * that cannot be made or breaks, and a response that does not come in time, body included, are failures; a status of
 * 400 to 499 is not. Redirects are not followed, as they may lead to another service. Safe for use by many threads; one
 * object serves all services.
 *
 * <p>What may be sent again is: requests whose method is idempotent (others if
 * {@link io.switchgear.settings.ServiceSettings#retryNonIdempotent} says so), after a failure other than a status of
 * 500 or 501, and after 429. {@code Retry-After} is honoured for 429 and 503. A body handler is applied once for each
 * response that is not sent again.
 *
 * <p>While a body is read as a stream the request is pending: it ends with an {@link IOException} at the time-out, or
 * when the breaker opens. Close streams that are not read to their end, or their connections stay in use until then.
 *
 * @since 0.1
 */
public final class ResilientHttpClient implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

    private final ServiceRegistry services;
    private final Set<Call<?>> calls = ConcurrentHashMap.newKeySet();
    private final boolean ownsScheduler;
    // null once this is closed: the JDK's client ends its thread when nobody refers to it any more
    private volatile Transport wire;

    /** With threads of its own, which end when there is nothing to do, and a time-out of 2 s for connecting. */
    public ResilientHttpClient(ServiceRegistry services) {
        this(services, ownClient(), ClientThreads.scheduler(), true);
    }

    /**
     * Over a client made by the caller, who chooses time-out for connecting, threads, proxy and certificates. Good
     * responses are not kept if it has a cookie handler or an authenticator, since they may be for one user alone.
     *
     * @param scheduler for time-outs and delays, such as the server's; it is not shut down
     * @throws IllegalArgumentException if the client follows redirects
     */
    public ResilientHttpClient(ServiceRegistry services, HttpClient client, ScheduledExecutorService scheduler) {
        this(services, client, scheduler, false);
    }

    private ResilientHttpClient(
            ServiceRegistry services, HttpClient client, ScheduledExecutorService scheduler, boolean ownsScheduler) {
        if (client.followRedirects() != Redirect.NEVER) {
            throw new IllegalArgumentException("followRedirects of the client must be NEVER but was "
                    + client.followRedirects() + "; a redirect may lead to another service than the breaker's");
        }
        Executor executor = client.executor().orElse(scheduler);
        this.services = services;
        this.ownsScheduler = ownsScheduler;
        this.wire = new Transport(client, executor, scheduler, InstantSource.system(), Ticker.SYSTEM);
    }

    private static HttpClient ownClient() {
        return HttpClient.newBuilder()
                .connectTimeout(CONNECT_TIMEOUT)
                .followRedirects(Redirect.NEVER)
                .executor(ClientThreads.executor())
                .build();
    }

    /**
     * A request to a service.
     *
     * @param path below the service's address, perhaps with a query, as in {@code /orders/7?full=true}; not decoded or
     *     encoded
     * @throws IllegalArgumentException if there is no such service, or if the path leads elsewhere
     */
    public HttpRequest.Builder request(String service, String path) {
        return HttpRequest.newBuilder(services.service(service).base().resolve(path));
    }

    /**
     * Sends {@code request} and waits for the response.
     *
     * @return the response, whatever its status; perhaps a {@link StaleResponse}
     * @throws IOException if it failed
     * @throws CircuitOpenException if the breaker rejected it, or, as {@link PendingCancelledException}, opened while
     *     it was pending
     * @throws InterruptedException if the thread was interrupted; the request is cancelled then
     * @throws IllegalArgumentException if there is no such service, or if the request goes elsewhere
     * @throws IllegalStateException if this client is closed
     */
    public <T> HttpResponse<T> send(String service, HttpRequest request, BodyHandler<T> handler)
            throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<T>> response = sendAsync(service, request, handler);
        try {
            return response.get();
        } catch (InterruptedException interrupted) {
            response.cancel(true);
            throw interrupted;
        } catch (ExecutionException failed) {
            throw thrown(failed.getCause());
        } catch (CancellationException closed) {
            // newer versions of the JDK put the reason into the cause
            throw closed.getCause() instanceof CancellationException why ? why : closed;
        }
    }

    /** As it is where that can be thrown. */
    private static IOException thrown(Throwable cause) {
        if (cause instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof IOException failure ? failure : new IOException(cause);
    }

    /**
     * Sends {@code request}. Cancelling the future that is returned cancels the request; futures made from it do not
     * pass this on.
     *
     * @return the response as from {@link #send}, or what that would throw
     * @throws IllegalArgumentException if there is no such service, or if the request goes elsewhere
     * @throws IllegalStateException if this client is closed
     */
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
            String service, HttpRequest request, BodyHandler<T> handler) {
        Service called = services.service(service);
        URI url = request.uri();
        if (!called.base().contains(url)) {
            throw new IllegalArgumentException("a request to service " + service + " must go to an address below "
                    + called.base().url() + " but went to " + url);
        }
        Transport open = wire;
        if (open == null) {
            throw new IllegalStateException("the client is closed; make another one for service " + service);
        }
        Call<T> call = new Call<>(called, open, request, handler);
        calls.add(call);
        CompletableFuture<HttpResponse<T>> response = call.start();
        CompletionStage<HttpResponse<T>> end = response;
        end.whenComplete((answer, thrown) -> calls.remove(call));
        if (wire == null) {
            call.cancel();
        }
        return response;
    }

    /** Cancels what is pending. The services and their breakers stay. */
    @Override
    public void close() {
        Transport open = wire;
        wire = null;
        if (open != null) {
            calls.forEach(Call::cancel);
            CancellationException closed = new CancellationException("the client was closed");
            services.services().forEach(service -> service.pending().end(open, closed));
            if (ownsScheduler) {
                open.scheduler().shutdownNow();
            }
        }
    }
}
