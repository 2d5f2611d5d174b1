// SPDX-License-Identifier: Apache-2.0
package io.switchgear.cdi;

import io.switchgear.Retrying;
import jakarta.ejb.ApplicationException;
import jakarta.ejb.TransactionAttributeType;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.io.InterruptedIOException;
import java.lang.reflect.Method;
import java.nio.channels.ClosedByInterruptException;
import java.rmi.RemoteException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Where the transaction of a guarded method begins, as seen from its guard.
 *
 * @param cure how to move it, as the rest of a sentence; empty if there is no need to
 * @param commits returns whether the container commits the transaction although the method throws this class
 */
record Demarcation(Kind kind, String cure, Predicate<Class<?>> commits) {
    /** The places where a transaction can begin. */
    enum Kind {
        /** Before the call, if at all: the method itself has no transaction. */
        CALLERS,
        /** In the guard: each attempt has a separate transaction, or none. */
        INSIDE,
        /** In the guard, unless the caller has a transaction, which the method joins. */
        INSIDE_UNLESS_JOINED,
        /** Before the guard: all attempts share one transaction, which the container ends after the guard. */
        OUTSIDE
    }

    /** The priority that Jakarta Transactions gives to the interceptor of {@code @Transactional}. */
    static final int TRANSACTIONAL_PRIORITY = 200;

    /** The checked exceptions by which the JDK reports that a thread was interrupted. */
    private static final List<Class<?>> INTERRUPTIONS =
            List.of(InterruptedException.class, InterruptedIOException.class, ClosedByInterruptException.class);

    /** A method without a transaction. */
    static final Demarcation NONE = new Demarcation(Kind.CALLERS, "", thrown -> false);

    /** Returns why the method must not be retried, as the rest of a sentence; empty if it may. */
    Optional<String> problemWithRetries() {
        return cure.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "would run all attempts in one transaction, which commits what failed attempts have written; "
                                + cure);
    }

    /** Returns the exceptions of a method that are retried although they commit. */
    List<Class<?>> committedAndRetried(Method method, Retrying retrying) {
        return Arrays.stream(method.getExceptionTypes())
                .flatMap(declared -> Arrays.stream(retrying.retryOn())
                        .filter(retried -> isSubclass(retried, declared) || isSubclass(declared, retried))
                        .<Class<?>>map(retried -> isSubclass(retried, declared) ? retried : declared))
                .filter(commits)
                .filter(thrown -> Arrays.stream(retrying.abortOn()).noneMatch(aborted -> isSubclass(thrown, aborted)))
                .distinct()
                .toList();
    }

    /**
     * Returns the names of the exceptions of a method that commit although they report an interruption; empty if there
     * are none. If the transaction is outside the guard, the container gets the exception of the time limit instead.
     */
    Optional<String> committedIfInterrupted(Method method) {
        String names = INTERRUPTIONS.stream()
                .filter(thrown ->
                        Arrays.stream(method.getExceptionTypes()).anyMatch(declared -> isSubclass(thrown, declared)))
                .filter(commits)
                .map(Class::getName)
                .collect(Collectors.joining(" or "));
        return kind == Kind.OUTSIDE || names.isEmpty() ? Optional.empty() : Optional.of(names);
    }

    private static boolean isSubclass(Class<?> type, Class<?> of) {
        return of.isAssignableFrom(type);
    }

    // ---- CDI beans

    /** @param priority that of the guard's interceptor */
    static Demarcation of(Transactional transactional, int priority) {
        TxType type = transactional.value();
        if (type == TxType.NOT_SUPPORTED || type == TxType.NEVER) {
            return new Demarcation(Kind.INSIDE, "", thrown -> false);
        }
        Predicate<Class<?>> commits = thrown -> commits(transactional, thrown);
        if (priority >= TRANSACTIONAL_PRIORITY) {
            String cure =
                    "set switchgear.interceptor-priority, which is " + priority + ", below " + TRANSACTIONAL_PRIORITY;
            return new Demarcation(Kind.OUTSIDE, cure, commits);
        }
        String cure = type == TxType.MANDATORY
                ? "@Transactional(MANDATORY) always joins that of the caller; let the caller be retried, or choose REQUIRED"
                : "";
        return new Demarcation(type == TxType.REQUIRES_NEW ? Kind.INSIDE : Kind.INSIDE_UNLESS_JOINED, cure, commits);
    }

    private static boolean commits(Transactional transactional, Class<?> thrown) {
        Predicate<Class<?>[]> names = types -> Arrays.stream(types).anyMatch(type -> isSubclass(thrown, type));
        return names.test(transactional.dontRollbackOn())
                || (isChecked(thrown) && !names.test(transactional.rollbackOn()));
    }

    private static boolean isChecked(Class<?> thrown) {
        return !isSubclass(thrown, RuntimeException.class) && !isSubclass(thrown, Error.class);
    }

    // ---- enterprise beans

    /** Returns the demarcation of a method of an enterprise bean whose transactions the container manages. */
    static Demarcation of(TransactionAttributeType attribute) {
        return attribute == TransactionAttributeType.NOT_SUPPORTED || attribute == TransactionAttributeType.NEVER
                ? NONE
                : new Demarcation(
                        Kind.OUTSIDE,
                        "the container begins or joins it before the guard (" + attribute
                                + "); add @TransactionAttribute(NOT_SUPPORTED), or let a CDI bean that calls this method"
                                + " be retried",
                        Demarcation::isApplicationException);
    }

    private static boolean isApplicationException(Class<?> thrown) {
        for (Class<?> type = thrown; type != null; type = type.getSuperclass()) {
            ApplicationException declared = type.getDeclaredAnnotation(ApplicationException.class);
            if (declared != null && (declared.inherited() || type == thrown)) {
                return !declared.rollback();
            }
        }
        return isChecked(thrown) && !isSubclass(thrown, RemoteException.class);
    }
}
