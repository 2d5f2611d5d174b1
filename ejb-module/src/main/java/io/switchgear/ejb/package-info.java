/**
 * The management runtime of a whole application. Put the module beside the CDI extension, into {@code WEB-INF/lib} or
 * as a module of an EAR. It logs the status of all breakers at start and every minute. Internal: not part of the API.
 *
 * <p>The container calls {@link io.switchgear.ejb.StatusReporter}; {@link io.switchgear.ejb.ReportText} creates the
 * text. The library itself has no timer, so this module also detects breakers that need attention. Intentional: the
 * timer is not persistent. A report missed while the server was down is of no use, and a persistent timer would need a
 * data source.
 */
package io.switchgear.ejb;
