/**
 * The portable CDI extension and the interceptor. Internal: not part of the API.
 *
 * <p>The extension finds annotated methods and creates a definition of each guard. From the definitions,
 * {@code io.switchgear.runtime} creates breakers, layers and MBeans. Each annotation binds an interceptor. If a method
 * has several annotations, the interceptor of the innermost layer runs the whole guard and the others pass the call on.
 * Intentional: not one interceptor binding that all annotations share. Weld reads the annotations of an annotation from
 * the first of all classes of its name. If each web application of an EAR has this library, Weld would then bind the
 * interceptor of another application.
 *
 * <p>Annotations are read from the {@code AnnotatedType} of each bean, as other extensions may have added some. All
 * mistakes in the application are collected, and the deployment fails once, with all of them.
 *
 * <p>Intentional: this jar has no {@code beans.xml}, and the extension adds the interceptor. If a container scans these
 * classes nevertheless (a shaded jar), the scanned copy is vetoed; otherwise calls would be intercepted twice. The
 * class of the readiness check is not a bean class, so it needs no veto: an observer with its type could not be read
 * without MicroProfile Health.
 *
 * <p>Intentional: the interceptor keeps the guards of its bean's class in a map by method, filled at deployment. Some
 * servers announce no bean for some classes, such as a {@code @Path} class without a scope. Their guards are created at
 * the first call.
 *
 * <p>With the mode of MicroProfile Fault Tolerance, its annotations are taken from each type before other extensions
 * see it, and one binding takes their place. Intentional: so no other implementation, of a server for instance, acts on
 * them too, whatever it does with them.
 *
 * <p>Observer methods and meter registries are collected as the container announces them, instead of being looked up: a
 * library in an EAR sees no beans of its web archives, but the extension is notified of all.
 */
package io.switchgear.cdi;
