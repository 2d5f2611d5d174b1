/**
 * The management runtime of a whole application. Put the module beside the CDI extension, into {@code WEB-INF/lib} or
 * as a module of an EAR, and the log tells at start and every minute how the breakers stand.
 *
 * <p>{@link io.switchgear.ejb.StatusReporter} is woken by the container and asks; {@link io.switchgear.ejb.ReportText}
 * is the text. The library itself has no timer, so this is also what looks for breakers that need a person.
 * Intentional: the timer is not persistent. A report that was missed while the server was down is of no use, and a
 * persistent timer would need a data source.
 */
package io.switchgear.ejb;
