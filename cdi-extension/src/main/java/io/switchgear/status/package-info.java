/**
 * The state of a running application: snapshots, the status report and events. Part of the API. Depends on
 * {@link io.switchgear.settings} alone.
 *
 * <p>JMX, metrics, health checks and JSON are all derived from these types, so that no two of them disagree.
 */
package io.switchgear.status;
