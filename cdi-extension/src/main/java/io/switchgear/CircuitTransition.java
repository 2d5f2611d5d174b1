package io.switchgear;

import java.time.Instant;

/**
 * One change of a breaker's state or mode. Told once, and in order, to whoever listens.
 *
 * @param number counts the transitions of this breaker from 1, without gaps
 * @param name the breaker's name
 * @param from the state before
 * @param to the state after; equal to {@code from} where only the mode changed or the breaker was reset
 * @param mode the mode after
 * @param at when, by the wall clock
 * @param why the cause in a sentence, as in {@code 5 consecutive failures (threshold 5), the last with
 *     java.io.IOException}
 * @since 0.1
 */
public record CircuitTransition(long number, String name, State from, State to, Mode mode, Instant at, String why) {}
