/**
 * The settings of breakers, retries, fallbacks and HTTP services, and their storage. Part of the API. Depends on no
 * other package of this library.
 *
 * <p>A setting has one name everywhere. Each {@link io.switchgear.settings.TunableKind} has a record, whose constructor
 * is the one place where settings are checked. {@link io.switchgear.settings.Setting} is the table that annotations,
 * records, MBeans, configuration and error messages share; records are read and created through the names of their
 * components, so that nothing else has to list them.
 */
package io.switchgear.settings;
