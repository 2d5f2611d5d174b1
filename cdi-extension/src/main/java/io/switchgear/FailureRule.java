package io.switchgear;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Predicate;

/**
 * Tells failures from successes by what a call threw. {@code skipOn} wins over {@code failOn}; what is in neither
 * counts as a success, as MicroProfile Fault Tolerance defines it. An interruption or a cancellation says nothing about
 * the service that was called and is always ignored.
 *
 * @param failOn what counts as a failure, subclasses included
 * @param skipOn what is ignored: neither success nor failure, subclasses included
 * @param failWhen tells results that are failures; {@code null} if none is
 * @since 0.1
 */
public record FailureRule(
        List<Class<? extends Throwable>> failOn, List<Class<? extends Throwable>> skipOn, Predicate<Object> failWhen) {
    /** Every throwable is a failure. */
    public static final FailureRule ANY = new FailureRule(List.of(Throwable.class), List.of());

    public FailureRule {
        failOn = List.copyOf(failOn);
        skipOn = List.copyOf(skipOn);
    }

    /** Without a test of results. */
    public FailureRule(List<Class<? extends Throwable>> failOn, List<Class<? extends Throwable>> skipOn) {
        this(failOn, skipOn, null);
    }

    /** Whether {@code thrown} is to be ignored. */
    public boolean ignores(Throwable thrown) {
        return thrown instanceof InterruptedException
                || thrown instanceof CancellationException
                || matches(skipOn, thrown);
    }

    /** Whether {@code thrown}, if it is not {@linkplain #ignores ignored}, is a failure. */
    public boolean fails(Throwable thrown) {
        return matches(failOn, thrown);
    }

    /** Whether {@code result} is a failure, or cannot be told to be none. */
    public boolean refuses(Object result) {
        try {
            return failWhen != null && failWhen.test(result);
        } catch (RuntimeException | Error undecided) {
            // whoever judges the call has told of it
            return true;
        }
    }

    private static boolean matches(List<Class<? extends Throwable>> types, Throwable thrown) {
        for (Class<? extends Throwable> type : types) {
            if (type.isInstance(thrown)) {
                return true;
            }
        }
        return false;
    }
}
