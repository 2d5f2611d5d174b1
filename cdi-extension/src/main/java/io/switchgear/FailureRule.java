// SPDX-License-Identifier: Apache-2.0
package io.switchgear;

import java.util.List;
import java.util.function.Predicate;

/**
 * A rule that decides which outcomes of a call are failures.
 *
 * <p>{@code skipOn} takes precedence over {@code failOn}; a throwable in neither counts as a success, as MicroProfile
 * Fault Tolerance defines it. A class in a list matches the throwable or, if that is a wrapper of the JDK or of a
 * container, such as {@link java.util.concurrent.ExecutionException} or {@code jakarta.ejb.EJBException}, its cause.
 *
 * <p>Some throwables do not describe a service that fails, whatever general class {@code failOn} names. An interruption
 * is always ignored, also as the cause of another exception. A cancellation, arguments refused by Jakarta Validation,
 * refused access and the rejection of a breaker are ignored. A service that says no, such as
 * {@code jakarta.persistence.NoResultException} or a status 4xx of a Jakarta REST client, has succeeded. All these but
 * the interruption are failures if {@code failOn} names their class: {@link java.util.concurrent.CancellationException}
 * or a subclass names cancellations, and {@code Exception} or {@code IllegalStateException} does not. The manual has
 * the table.
 *
 * @param failOn throwables that count as failures, subclasses included
 * @param skipOn throwables that are ignored, neither success nor failure, subclasses included
 * @param failWhen returns whether a result is a failure; {@code null} if no result is
 * @param listsAlone whether the two lists alone decide, as MicroProfile Fault Tolerance defines it: no class of
 *     throwable is special, none is unwrapped, and one in {@code skipOn} is a success
 * @since 0.1
 */
public record FailureRule(
        List<Class<? extends Throwable>> failOn,
        List<Class<? extends Throwable>> skipOn,
        Predicate<Object> failWhen,
        boolean listsAlone) {
    /** A rule by which every throwable is a failure that describes a service which fails. */
    public static final FailureRule ANY = new FailureRule(List.of(Throwable.class), List.of());

    /** Copies the lists. */
    public FailureRule {
        failOn = List.copyOf(failOn);
        skipOn = List.copyOf(skipOn);
    }

    /** Creates a rule that treats the special throwables as such. */
    public FailureRule(
            List<Class<? extends Throwable>> failOn,
            List<Class<? extends Throwable>> skipOn,
            Predicate<Object> failWhen) {
        this(failOn, skipOn, failWhen, false);
    }

    /** Creates a rule by which no result is a failure. */
    public FailureRule(List<Class<? extends Throwable>> failOn, List<Class<? extends Throwable>> skipOn) {
        this(failOn, skipOn, null);
    }

    /**
     * Returns the exception that {@code thrown} wraps, if it is a wrapper of the JDK or of a container; {@code thrown}
     * itself otherwise. Wrappers of wrappers are removed too.
     */
    public static Throwable unwrapped(Throwable thrown) {
        return ThrowableKind.unwrapped(thrown);
    }

    /**
     * Returns whether {@code thrown} is an interruption of the caller, or has one among its causes; a time-out is none.
     */
    public static boolean isInterruption(Throwable thrown) {
        return ThrowableKind.isInterruption(thrown);
    }

    /** Returns whether {@code thrown} counts as neither success nor failure. */
    public boolean ignores(Throwable thrown) {
        if (listsAlone) {
            return false;
        }
        return ThrowableKind.isInterruption(thrown)
                || matches(skipOn, thrown, false)
                || (ThrowableKind.isNeither(thrown) && !matches(failOn, thrown, true));
    }

    /** Returns whether {@code thrown} is a failure, provided that it is not {@linkplain #ignores ignored}. */
    public boolean fails(Throwable thrown) {
        if (listsAlone) {
            return isAny(failOn, thrown) && !isAny(skipOn, thrown);
        }
        return matches(failOn, thrown, ThrowableKind.isExcepted(thrown));
    }

    private static boolean isAny(List<Class<? extends Throwable>> types, Throwable thrown) {
        return types.stream().anyMatch(type -> type.isInstance(thrown));
    }

    /** Returns whether {@code result} is a failure, or {@link #failWhen} throws for it. */
    public boolean refuses(Object result) {
        try {
            return failWhen != null && failWhen.test(result);
        } catch (Throwable undecided) {
            // logged already where the call was judged
            return true;
        }
    }

    /** @param byName whether classes that merely include the kind of the throwable do not match */
    private static boolean matches(List<Class<? extends Throwable>> types, Throwable thrown, boolean byName) {
        for (Throwable each : ThrowableKind.layers(thrown)) {
            for (Class<? extends Throwable> type : types) {
                if (type.isInstance(each) && (!byName || ThrowableKind.isNamedBy(type))) {
                    return true;
                }
            }
        }
        return false;
    }
}
