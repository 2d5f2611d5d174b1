/** Beans that are guarded with more than a breaker. */
package io.switchgear.it.wildfly.layered;
