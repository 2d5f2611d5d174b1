/**
 * Services by name, and a client that calls each under its own breaker, over the JDK's HTTP client. Part of the API.
 *
 * <p>{@link io.switchgear.http.ServiceRegistry} knows the addresses and the health of services.
 * {@link io.switchgear.http.ResilientHttpClient} creates a {@link io.switchgear.http.Call} for each request. A call
 * makes {@link io.switchgear.http.Attempt}s, one after the other and without holding a thread, until one is good or no
 * more are allowed.
 *
 * <p>An attempt holds its permit until the body is complete. For that, a {@link io.switchgear.http.WatchedBody} wraps
 * the caller's reader of the body. It also lets the time-out, and a breaker that opens, end a body that is half read.
 * The JDK closes the connection: when the future of a request is cancelled before the body, and when the subscription
 * is cancelled in the middle of it.
 *
 * <p>Intentional: a {@link io.switchgear.http.ResponseDecision} is made on the head of a response, before its body is
 * read. Only so can the body of a response that is retried be kept from the caller's handler. Intentional: good
 * responses are kept as bytes, and the handler of each caller reads them again, since a handler does not reveal the
 * type that it creates. Intentional: the JDK's client itself sends an idempotent request once more when a connection
 * ends before the first byte of a response. That cannot be switched off for one client, and counts as one attempt.
 */
package io.switchgear.http;
