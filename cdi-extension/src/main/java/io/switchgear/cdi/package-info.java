/**
 * The portable extension and the interceptor: finds what is annotated, plans what it is guarded with, and hands the
 * plans to {@code io.switchgear.runtime}, which makes breakers, layers and MBeans of them. One interceptor serves all
 * annotations: its binding is added where a method has something else than a breaker.
 *
 * <p>Annotations are read from the {@code AnnotatedType} of each bean, as other extensions may have added them. Every
 * mistake in the application is collected and the deployment fails once, with all of them.
 *
 * <p>Intentional: this jar has no {@code beans.xml}; the interceptor is added by the extension. Where a container scans
 * these classes all the same (a shaded jar), the scanned copy is vetoed, or calls would be intercepted twice. The
 * readiness check is no bean by itself, which leaves nothing to veto: an observer of its type could not be read where
 * there is no MicroProfile Health. Intentional: the interceptor keeps the guards of its bean's class in a map by
 * method, filled at deployment. What the container announces no bean for, as a {@code @Path} class without a scope on
 * some servers, gets its guard at the first call.
 *
 * <p>Observer methods and registries of meters are noted as the container announces them, rather than looked up: a
 * library in an EAR sees no beans of its web archives, but the extension is told of all.
 */
package io.switchgear.cdi;
