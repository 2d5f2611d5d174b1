// SPDX-License-Identifier: Apache-2.0
package io.switchgear;

import java.io.InterruptedIOException;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The default rule: what an exception describes, unless a {@link FailureRule} names its class.
 *
 * <p>Classes are known by name, as those of Jakarta EE may be absent. Each class of exception is looked at once.
 */
final class ThrowableKind {
    // bits of what is known of a class

    /** What the caller did, or a rejection by a breaker: says nothing of the service. */
    private static final int NEITHER = 1;
    /** A service that works says no: a success. */
    private static final int ANSWER = 2;

    private static final int KIND = NEITHER | ANSWER;
    private static final int WRAPPER = 4;
    private static final int INTERRUPTION = 8;
    private static final int TIME_LIMIT = 16;
    private static final int MESSAGE_DECIDES = 32;

    /** No chain of causes is followed further, as it may be a circle. */
    private static final int MAX_DEPTH = 32;

    private static final Map<String, Integer> CLASSES = Map.ofEntries(
            Map.entry("java.util.concurrent.CancellationException", NEITHER),
            Map.entry("io.switchgear.CircuitOpenException", NEITHER),
            Map.entry("jakarta.validation.ConstraintViolationException", NEITHER),
            Map.entry("java.lang.SecurityException", NEITHER),
            Map.entry("jakarta.ejb.EJBAccessException", NEITHER),
            Map.entry("jakarta.ejb.AccessLocalException", NEITHER),
            Map.entry("jakarta.ws.rs.NotAuthorizedException", NEITHER),
            Map.entry("jakarta.ws.rs.ForbiddenException", NEITHER),
            Map.entry("jakarta.ws.rs.ClientErrorException", ANSWER),
            Map.entry("jakarta.persistence.NoResultException", ANSWER),
            Map.entry("jakarta.persistence.NonUniqueResultException", ANSWER),
            Map.entry("jakarta.persistence.EntityNotFoundException", ANSWER),
            Map.entry("jakarta.persistence.EntityExistsException", ANSWER),
            Map.entry("jakarta.data.exceptions.EmptyResultException", ANSWER),
            Map.entry("jakarta.data.exceptions.NonUniqueResultException", ANSWER),
            Map.entry("jakarta.data.exceptions.EntityExistsException", ANSWER),
            Map.entry("java.util.concurrent.ExecutionException", WRAPPER),
            Map.entry("java.util.concurrent.CompletionException", WRAPPER),
            Map.entry("java.lang.reflect.UndeclaredThrowableException", WRAPPER),
            Map.entry("java.lang.reflect.InvocationTargetException", WRAPPER),
            Map.entry("java.security.PrivilegedActionException", WRAPPER),
            Map.entry("java.io.UncheckedIOException", WRAPPER),
            Map.entry("jakarta.ejb.EJBException", WRAPPER),
            Map.entry("jakarta.transaction.RollbackException", WRAPPER),
            Map.entry("jakarta.transaction.TransactionalException", WRAPPER),
            Map.entry("jakarta.persistence.RollbackException", WRAPPER),
            Map.entry("jakarta.ws.rs.ProcessingException", WRAPPER),
            Map.entry("java.lang.InterruptedException", INTERRUPTION),
            Map.entry("java.nio.channels.ClosedByInterruptException", INTERRUPTION),
            Map.entry("java.nio.channels.FileLockInterruptionException", INTERRUPTION),
            Map.entry("java.io.InterruptedIOException", MESSAGE_DECIDES),
            Map.entry("java.net.SocketException", MESSAGE_DECIDES));

    // intentional: numbers, not objects of this library. The JDK keeps them with the class of the exception, and with
    // one of the JDK's own they would keep the class loader of the application for ever
    private static final ClassValue<Integer> KNOWN = new ClassValue<>() {
        @Override
        protected Integer computeValue(Class<?> type) {
            return lookAt(type);
        }
    };

    private ThrowableKind() {}

    private static int lookAt(Class<?> type) {
        int bits = 0;
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            int found = CLASSES.getOrDefault(each.getName(), 0);
            // the nearest class with a kind decides
            bits |= (bits & KIND) == 0 ? found : found & ~KIND;
            String name = each.getName().toLowerCase(Locale.ROOT);
            if (name.contains("timeout") || name.contains("timedout") || name.contains("timelimit")) {
                bits |= TIME_LIMIT;
            }
        }
        return bits;
    }

    private static boolean has(int feature, Throwable thrown) {
        return (KNOWN.get(thrown.getClass()) & feature) != 0;
    }

    /** Returns whether an exception, or the one that it wraps, counts as neither success nor failure by default. */
    static boolean isNeither(Throwable thrown) {
        return kind(thrown) == NEITHER;
    }

    /** Returns whether an exception, or the one that it wraps, is no failure by default. */
    static boolean isExcepted(Throwable thrown) {
        return kind(thrown) != 0;
    }

    private static int kind(Throwable thrown) {
        for (Throwable each : layers(thrown)) {
            int kind = KNOWN.get(each.getClass()) & KIND;
            if (kind != 0) {
                return kind;
            }
        }
        return 0;
    }

    /** Returns whether the entry of a list means the exceptions of this kind, and does not just include them. */
    static boolean isNamedBy(Class<? extends Throwable> entry) {
        return (KNOWN.get(entry) & KIND) != 0;
    }

    /** Returns the exception itself and, if it is a wrapper of the JDK or of a container, those that it wraps. */
    static List<Throwable> layers(Throwable thrown) {
        if (!has(WRAPPER, thrown)) {
            return List.of(thrown);
        }
        List<Throwable> layers = new ArrayList<>();
        Throwable each = thrown;
        while (each != null && layers.size() < MAX_DEPTH) {
            layers.add(each);
            each = has(WRAPPER, each) ? cause(each) : null;
        }
        return layers;
    }

    /** Returns the innermost exception of a chain of wrappers. */
    static Throwable unwrapped(Throwable thrown) {
        List<Throwable> layers = layers(thrown);
        return layers.get(layers.size() - 1);
    }

    private static Throwable cause(Throwable thrown) {
        try {
            return thrown.getCause();
        } catch (RuntimeException | Error broken) {
            // an exception of the application whose getCause() throws must not break the call
            return null;
        }
    }

    /**
     * Returns whether a thread was interrupted: the exception says so, or one of its causes does. A time-out whose
     * cause is an interruption is a time-out, as limits are often enforced in this way.
     */
    static boolean isInterruption(Throwable thrown) {
        Throwable each = thrown;
        for (int depth = 0; each != null && depth < MAX_DEPTH; depth++) {
            if (has(TIME_LIMIT, each)) {
                return false;
            }
            if (has(INTERRUPTION, each) || (has(MESSAGE_DECIDES, each) && saysInterrupted(each))) {
                return true;
            }
            each = cause(each);
        }
        return false;
    }

    private static boolean saysInterrupted(Throwable thrown) {
        String message;
        try {
            message = thrown.getMessage();
        } catch (RuntimeException | Error broken) {
            return false;
        }
        if (thrown instanceof SocketException) {
            // of a virtual thread
            return "Closed by interrupt".equals(message);
        }
        String text = message == null ? "" : message.toLowerCase(Locale.ROOT);
        return thrown instanceof InterruptedIOException && !text.contains("timeout") && !text.contains("timed out");
    }
}
