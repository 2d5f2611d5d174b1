/**
 * What can be read: snapshots, the report, and the events of a running application. Part of the API. Depends on
 * {@link io.switchgear.settings} alone.
 *
 * <p>JMX, metrics, health and JSON are made of these types, so that no two of them disagree.
 */
package io.switchgear.status;
