/**
 * Services by name, and a client that calls each under its own breaker, over the JDK's HTTP client.
 *
 * <p>{@link io.switchgear.http.ServiceRegistry} knows where services are and how they fare.
 * {@link io.switchgear.http.ResilientHttpClient} makes a {@link io.switchgear.http.Call} of each request, which makes
 * {@link io.switchgear.http.Attempt}s, one after the other and without holding a thread, until one is good or no more
 * are allowed.
 *
 * <p>An attempt holds its permit until the body is complete. {@link io.switchgear.http.WatchedBody} stands between the
 * connection and the caller's body handler for that: it also lets the time limit, and the breaker that opens, end a
 * body that is half read. Closing the connection is left to the JDK: it does when the future of a request is cancelled
 * before the body, and when the subscription is in the middle of it.
 *
 * <p>Intentional: what becomes of a response is decided on its head, before its body is read. Only so is a body that
 * will be answered by a retry kept from the caller's handler. Intentional: good responses are kept in bytes and read
 * again by the handler of whoever gets one, since nobody can tell from a handler what type it makes. Intentional: the
 * JDK's client itself sends an idempotent request once more when a connection ends before the first byte of a response.
 * That cannot be switched off for one client, and counts as one attempt.
 */
package io.switchgear.http;
