/**
 * A small shop whose backends can be made slow or broken while the shop is running.
 *
 * <p>CDI beans and a session bean call simulated {@link io.switchgear.example.Backends}, and a simulated
 * {@link io.switchgear.example.PaymentProvider} over HTTP; six circuit breakers guard these calls.
 * {@link io.switchgear.example.Shoppers} generates traffic, so that there is something to see. The rest is HTTP: a
 * resource per path, and a mapper per exception. No class handles a breaker by hand; annotations and the HTTP client
 * do. {@link io.switchgear.example.Metrics} provides the registry of the breakers' meters.
 * {@link io.switchgear.example.Live} sends the page what happens to them.
 *
 * <p>Intentional: the bodies of PUT requests are parsed here, not bound by the server. Only then does the response to a
 * bad value name the parameter and its range on every server. Intentional: metrics and report are served by servlets.
 * Monitoring expects them beside the page, where a second JAX-RS application would hide the page.
 */
package io.switchgear.example;
