/**
 * A small shop whose backend can be made slow or broken while it is open.
 *
 * <p>{@link io.switchgear.example.Users}, a CDI bean, and {@link io.switchgear.example.Products}, a session bean, ask
 * one simulated {@link io.switchgear.example.Backend}; four circuit breakers stand between.
 * {@link io.switchgear.example.Shoppers} keep the traffic flowing, so that there is something to see. The rest is HTTP:
 * a resource per path, and a mapper per exception. None of it handles a breaker by hand, the annotation does.
 * {@link io.switchgear.example.Metrics} has the registry in which the breakers have their meters.
 *
 * <p>Intentional: the bodies of PUT requests are parsed here, not bound by the server. Only so does the answer to a bad
 * value name the knob and its range on every server. Intentional: what reads meters and reports are servlets.
 * Monitoring looks for them beside the page, where a second application of resources would hide that.
 */
package io.switchgear.example;
