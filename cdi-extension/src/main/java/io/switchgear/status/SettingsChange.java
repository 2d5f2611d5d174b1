package io.switchgear.status;

import io.switchgear.settings.TunableSettings;
import java.time.Instant;

/**
 * One change of the settings of something that stands around a breaker.
 *
 * @param name what was changed
 * @param from the settings before
 * @param to the settings after
 * @param at when, by the wall clock
 * @param by who changed them
 * @since 0.1
 */
public record SettingsChange(String name, TunableSettings<?> from, TunableSettings<?> to, Instant at, String by) {}
