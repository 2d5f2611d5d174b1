// SPDX-License-Identifier: Apache-2.0
package io.switchgear.benchmarks;

/** The exception of failing calls. Created once and without a stack trace, so that it costs no library anything. */
final class Flaw extends RuntimeException {
    @SuppressWarnings("StaticAssignmentOfThrowable") // intended: throwing it allocates nothing
    static final Flaw FLAW = new Flaw();

    private static final long serialVersionUID = 1L;

    private Flaw() {
        super("a flaw", null, false, false);
    }
}
