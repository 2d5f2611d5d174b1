/**
 * What a load balancer or Kubernetes hears, where MicroProfile Health is there: a readiness check that lists the
 * breakers. It is DOWN only while a breaker that is configured as critical rejects calls: an application whose
 * fallbacks stand in for a service that is down is worth its traffic, and only who deploys it knows what it cannot do
 * without.
 *
 * <p>Intentional: HALF_OPEN is UP, and so is an open breaker whose time is up. An instance that is taken out of the
 * load balancer gets no calls, and without calls there are no trials that could close the breaker: it would stay out
 * for good. Intentional: readiness alone. An instance that failed its liveness would be started anew, which mends
 * nobody else's service.
 *
 * <p>Intentional: the API may be absent. So no other class mentions this one but the class of the extension that adds
 * it after a look whether the API can be loaded.
 */
package io.switchgear.health;
