/**
 * Two actors at one breaker, millions of times, each time another interleaving, on the real classes.
 *
 * <p>Every class is one idea: its name is what must hold, its fields are where the breaker stands, its actors are what
 * two threads do to it, and its outcomes are all that may be seen when both are done. An outcome that is not listed
 * fails the build, and so does, thanks to {@link io.switchgear.interleavings.Main}, a test that does not run. What
 * actors and arbiters use, and the clock that stands still unless one of them moves it on, is in
 * {@link io.switchgear.interleavings.Rig}.
 *
 * <p>Intentional: never more than two actors. jcstress runs no test that has more of them than the machine has cores.
 */
package io.switchgear.interleavings;
