/**
 * Benchmarks of the breaker, compared with no breaker and with peers.
 *
 * <p>Every class with benchmarks compares like with like: the same work under each library, each used in its cheapest
 * way, all in one run on one machine. {@link io.switchgear.benchmarks.Main} runs them and compares the results with the
 * goals in {@link io.switchgear.benchmarks.Bar}.
 */
package io.switchgear.benchmarks;
