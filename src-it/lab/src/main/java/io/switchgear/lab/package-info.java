/**
 * The lab: what breakers and retries do to the share of calls that succeed. It runs published experiments and its own
 * in virtual time, with the classes of this library, those of its peers, and rules as they were published.
 *
 * <p>{@link io.switchgear.lab.Main} runs everything and writes tables and plots. {@link io.switchgear.lab.Bar} has the
 * goals; the tests of this module hold those that are met, in a short form.
 */
package io.switchgear.lab;
