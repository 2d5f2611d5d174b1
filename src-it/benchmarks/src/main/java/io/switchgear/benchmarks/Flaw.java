package io.switchgear.benchmarks;

/** What failing calls throw: made once and without a stack trace, so that its price is nobody's. */
final class Flaw extends RuntimeException {
    @SuppressWarnings("StaticAssignmentOfThrowable") // the point of it
    static final Flaw FLAW = new Flaw();

    private static final long serialVersionUID = 1L;

    private Flaw() {
        super("a flaw", null, false, false);
    }
}
