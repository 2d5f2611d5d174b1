/**
 * A readiness check that lists the breakers, for load balancers and Kubernetes, where MicroProfile Health is present.
 * Internal: not part of the API. The check is DOWN only while a breaker that is configured as critical rejects calls:
 * an application that serves fallbacks is still useful, and only its deployer knows what it cannot do without.
 *
 * <p>Intentional: HALF_OPEN is UP, and so is an open breaker whose time is over. An instance that is taken out of the
 * load balancer gets no calls. Without calls there are no trials that could close the breaker, so it would stay out
 * forever. Intentional: there is no liveness check. An instance that failed it would be restarted, which repairs no
 * other service.
 *
 * <p>Intentional: MicroProfile Health may be absent. So only one class of the extension refers to this package, and it
 * is loaded only after a check that the API can be loaded.
 */
package io.switchgear.health;
