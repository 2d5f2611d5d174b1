/**
 * An application for tests that run in the server: one backend, and every kind of bean that can call it under a
 * breaker. The breakers open at the second failure and stay open until they are reset.
 */
package io.switchgear.it.servers.guarded;
