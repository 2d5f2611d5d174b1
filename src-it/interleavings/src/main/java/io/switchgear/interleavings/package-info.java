/**
 * Stress tests of the real classes with jcstress: two actors on one breaker, millions of times, each time with another
 * interleaving.
 *
 * <p>Every class tests one property, which is its name. Its fields set up the breaker, its actors are the actions of
 * two threads, and its outcomes are all results that are allowed afterwards. An outcome that is not listed fails the
 * build. So does a test that does not run, by {@link io.switchgear.interleavings.Main}. Actors and arbiters share a
 * {@link io.switchgear.interleavings.Rig} or, for time limits, a {@link io.switchgear.interleavings.LimitRig}, with a
 * clock that advances only on their request.
 *
 * <p>Intentional: there are never more than two actors, as jcstress skips tests with more actors than the machine has
 * cores.
 */
package io.switchgear.interleavings;
