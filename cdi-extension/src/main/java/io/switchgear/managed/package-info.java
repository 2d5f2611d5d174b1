/**
 * What a runtime that manages a whole application builds on, such as the ejb-module: all breakers and layers, their
 * changes, a place to keep settings, and the MBean of a fleet of nodes.
 *
 * <p>Inject {@link io.switchgear.managed.ManagedApplication}. This library opens no database and sends no message; what
 * does so implements {@link io.switchgear.settings.SettingsStore} and {@link io.switchgear.managed.Fleet}.
 */
package io.switchgear.managed;
