/**
 * The settings that operators changed, saved beyond the end of the application. Internal: not part of the API. They are
 * applied when a breaker is created, as the strongest layer above annotation and configuration. They are saved when an
 * operator requests it, or with each change.
 *
 * <p>Intentional: only differences from annotation and configuration are saved, so that a default that changes in the
 * code still reaches the breakers on which no operator has changed it. Modes are not saved: operators do not expect a
 * breaker to be forced open after a restart.
 */
package io.switchgear.store;
