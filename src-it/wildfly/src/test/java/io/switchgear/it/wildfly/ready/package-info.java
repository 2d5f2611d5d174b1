/** An application with a critical breaker, payments, and one that is not critical, newsletter. */
package io.switchgear.it.wildfly.ready;
