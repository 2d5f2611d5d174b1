/**
 * What fuzz tests share. A fuzz target is a method that takes bytes and fails on a wrong result. It runs in three ways:
 *
 * <ul>
 *   <li>in each build on the inputs that are kept in {@code src/test/resources/<package>/<class>Inputs/<method>}, which
 *       Jazzer reads;
 *   <li>in each build on random inputs, see {@link io.switchgear.fuzz.RandomInputs};
 *   <li>with {@code JAZZER_FUZZ=1} on inputs that Jazzer derives from the coverage of earlier ones.
 * </ul>
 *
 * <p>The third way takes one fuzz test at a time, five minutes unless {@code jazzer.max_duration} says otherwise:
 *
 * <pre>{@code
 * JAZZER_FUZZ=1 mvn -pl cdi-extension -am test -Dtest=BreakerFuzzTest#agreesWithItsModel \
 *     -Dsurefire.failIfNoSpecifiedTests=false -Djazzer.max_duration=1h
 * }</pre>
 *
 * <p>Jazzer writes an input that fails to the folder of the kept inputs, so that the next build runs it, and all that
 * raised the coverage to {@code .cifuzz-corpus}, from which the next run continues. A shorter input for the same
 * failure is in {@code target/fuzz}.
 */
package io.switchgear.fuzz;
