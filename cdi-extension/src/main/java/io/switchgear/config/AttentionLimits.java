package io.switchgear.config;

import java.time.Duration;

/**
 * When a breaker needs a person. Each is off at 0.
 *
 * @param open longer than this without being closed
 * @param forced longer than this in a forced mode that has no end
 * @param flappingTransitions more than so many transitions from and to CLOSED
 * @param flapping within this time
 */
public record AttentionLimits(Duration open, Duration forced, int flappingTransitions, Duration flapping) {}
