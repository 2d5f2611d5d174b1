/**
 * The management runtime of a whole application. Put the module beside the CDI extension, into {@code WEB-INF/lib} or
 * as a module of an EAR. It looks at all breakers every minute, and logs their status at start and when it changes.
 * Internal: not part of the API.
 *
 * <p>The container calls {@link io.switchgear.ejb.StatusReporter}; {@link io.switchgear.ejb.ReportLog} decides what is
 * logged, and {@link io.switchgear.ejb.ReportText} creates the text. The library itself has no timer, so this module
 * also detects breakers that need attention. Intentional: the timer is not persistent. A report missed while the server
 * was down is of no use, and a persistent timer would need a data source.
 */
package io.switchgear.ejb;
