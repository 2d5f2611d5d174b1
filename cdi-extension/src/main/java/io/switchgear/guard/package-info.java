/**
 * What stands around one method. For now a breaker; what else may surround a call is composed here, so that one
 * interceptor, resolved once, serves them all. On the JDK alone.
 */
package io.switchgear.guard;
