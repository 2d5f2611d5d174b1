/**
 * What fuzz tests share. A fuzz target is a method that takes bytes and fails on a wrong result. It runs in three ways:
 *
 * <ul>
 *   <li>in each build on the inputs that are kept in {@code src/test/resources}, which Jazzer reads;
 *   <li>in each build on random inputs, see {@link io.switchgear.fuzz.RandomInputs};
 *   <li>with {@code JAZZER_FUZZ=1} on inputs that Jazzer derives from the coverage of earlier ones.
 * </ul>
 */
package io.switchgear.fuzz;
