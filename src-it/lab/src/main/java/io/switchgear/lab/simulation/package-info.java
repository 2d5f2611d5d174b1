/**
 * A discrete-event simulation: clients, worker threads with a queue, and services whose failures, latency and capacity
 * follow a script, in virtual time.
 *
 * <p>{@link io.switchgear.lab.simulation.Experiment} runs one {@link io.switchgear.lab.simulation.Scenario} with one
 * kind of {@link io.switchgear.lab.simulation.Subject} and one seed, on one thread. A run depends on nothing else: no
 * clock, no other random numbers, and only on functions that every JDK computes alike. So equal seeds have equal
 * results.
 *
 * <p>Intentional: arrivals, choices and failures have separate random numbers. So subjects that send different calls
 * are compared on the same arrivals.
 */
package io.switchgear.lab.simulation;
