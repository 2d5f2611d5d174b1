/**
 * The log. Internal: not part of the API.
 *
 * <p>{@link io.switchgear.message.Message} is the catalogue of all log messages, each with its number, level and
 * logger. {@link io.switchgear.message.TransitionLog} logs the transitions of a breaker;
 * {@link io.switchgear.message.Throttle} keeps one that flaps from flooding the log. {@link io.switchgear.message.Text}
 * sanitizes text from outside, {@link io.switchgear.message.NamePattern} selects names, and
 * {@link io.switchgear.message.Address} hides what may be secret in an address.
 */
package io.switchgear.message;
