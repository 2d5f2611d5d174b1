// SPDX-License-Identifier: Apache-2.0
package io.switchgear.config;

import java.time.Duration;

/**
 * The limits beyond which a breaker needs the attention of an operator. Each is off at 0.
 *
 * @param open the maximum time without being closed
 * @param forced the maximum time in a forced mode that has no end
 * @param flappingTransitions the maximum number of transitions from and to CLOSED
 * @param flapping the time within which they count
 */
public record AttentionLimits(Duration open, Duration forced, int flappingTransitions, Duration flapping) {}
