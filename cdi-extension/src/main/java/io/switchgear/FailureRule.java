// SPDX-License-Identifier: Apache-2.0
package io.switchgear;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Predicate;

/**
 * A rule that decides which outcomes of a call are failures. {@code skipOn} takes precedence over {@code failOn}; a
 * throwable in neither counts as a success, as MicroProfile Fault Tolerance defines it. An interruption or a
 * cancellation does not describe the called service and is always ignored.
 *
 * @param failOn throwables that count as failures, subclasses included
 * @param skipOn throwables that are ignored, neither success nor failure, subclasses included
 * @param failWhen returns whether a result is a failure; {@code null} if no result is
 * @since 0.1
 */
public record FailureRule(
        List<Class<? extends Throwable>> failOn, List<Class<? extends Throwable>> skipOn, Predicate<Object> failWhen) {
    /** A rule by which every throwable is a failure, interruption and cancellation excepted. */
    public static final FailureRule ANY = new FailureRule(List.of(Throwable.class), List.of());

    /** Copies the lists. */
    public FailureRule {
        failOn = List.copyOf(failOn);
        skipOn = List.copyOf(skipOn);
    }

    /** Creates a rule by which no result is a failure. */
    public FailureRule(List<Class<? extends Throwable>> failOn, List<Class<? extends Throwable>> skipOn) {
        this(failOn, skipOn, null);
    }

    /** Returns whether {@code thrown} counts as neither success nor failure. */
    public boolean ignores(Throwable thrown) {
        return thrown instanceof InterruptedException
                || thrown instanceof CancellationException
                || matches(skipOn, thrown);
    }

    /** Returns whether {@code thrown} is a failure, provided that it is not {@linkplain #ignores ignored}. */
    public boolean fails(Throwable thrown) {
        return matches(failOn, thrown);
    }

    /** Returns whether {@code result} is a failure, or {@link #failWhen} throws for it. */
    public boolean refuses(Object result) {
        try {
            return failWhen != null && failWhen.test(result);
        } catch (RuntimeException | Error undecided) {
            // logged already where the call was judged
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
