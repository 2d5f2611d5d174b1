/** An application whose annotations have values that make no breaker. */
package io.switchgear.it.wildfly.wrong;
