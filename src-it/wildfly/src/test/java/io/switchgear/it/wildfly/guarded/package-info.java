/**
 * An application for tests that run in the server: one backend, and every kind of bean that may call it under a
 * breaker. All breakers open at the second failure and stay open until they are reset.
 */
package io.switchgear.it.wildfly.guarded;
