/**
 * How fast the breaker is, side by side with doing nothing and with the peers.
 *
 * <p>Every class with benchmarks compares like with like: the same work under each library, each used in the way that
 * is cheapest for it, all in one run on one machine. {@link io.switchgear.benchmarks.Main} runs them and holds the
 * results against {@link io.switchgear.benchmarks.Bar}.
 */
package io.switchgear.benchmarks;
