// SPDX-License-Identifier: Apache-2.0
package io.switchgear.cdi;

import io.switchgear.FailureRule;
import io.switchgear.guard.Recovery;
import io.switchgear.message.Text;
import jakarta.interceptor.InvocationContext;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The method that {@code @FallingBack} names. It is found as the compiler would find it for a call from the guarded
 * method: with the same parameters, or with these and the failure. If several methods take failures of different types,
 * the most specific one that accepts the failure is called. If none accepts it, the failure is not replaced.
 */
final class FallbackMethod implements Recovery<InvocationContext> {
    /**
     * A method that may be called.
     *
     * @param failure the type of the last parameter; {@code null} if the failure is not passed
     * @param handle calls the method itself instead of the container's override, which would be guarded too
     */
    private record Candidate(Method method, Class<?> failure, MethodHandle handle) {
        boolean accepts(Throwable thrown) {
            return failure == null || failure.isInstance(thrown);
        }
    }

    private static final int MAX_TYPOS = 2;

    private final List<Candidate> candidates;

    private FallbackMethod(List<Candidate> candidates) {
        this.candidates = candidates;
    }

    /**
     * Returns the fallback method of a guarded method.
     *
     * @throws IllegalArgumentException if there is none; the message lists the methods of this name
     */
    static FallbackMethod of(GuardedMethod guarded) {
        String name = guarded.fallingBack().method();
        TypeResolver types = new TypeResolver(guarded.beanClass());
        List<Class<?>> wanted = types.parametersOf(guarded.method());
        Map<List<Class<?>>, Method> bySignature = new LinkedHashMap<>();
        for (Class<?> declaring : TypeResolver.hierarchy(guarded.beanClass())) {
            for (Method method : declaring.getDeclaredMethods()) {
                if (method.getName().equals(name)
                        && !method.equals(guarded.method())
                        && !method.isSynthetic()
                        && isCallable(method, guarded)
                        && (guarded.microProfile() == null || isKnownToDeclarer(method, guarded, types))) {
                    // a private method is not overridden
                    boolean closest = declaring == guarded.method().getDeclaringClass()
                            && Modifier.isPrivate(method.getModifiers());
                    bySignature.merge(types.parametersOf(method), method, (first, other) -> closest ? other : first);
                }
            }
        }
        List<Candidate> found = new ArrayList<>();
        bySignature.forEach((parameters, method) -> {
            int last = parameters.size() - 1;
            if (!takesArguments(method, guarded.method(), types)) {
                return;
            }
            if (parameters.equals(wanted)) {
                found.add(candidate(method, null, guarded));
            } else if (guarded.microProfile() == null
                    && last == wanted.size()
                    && parameters.subList(0, last).equals(wanted)
                    && Throwable.class.isAssignableFrom(parameters.get(last))) {
                found.add(candidate(method, parameters.get(last), guarded));
            }
        });
        if (found.isEmpty()) {
            throw new IllegalArgumentException("method must name a method of the bean that takes "
                    + types.textOf(guarded.method()) + ", or these and the failure, but was \"" + name + "\"; "
                    + (bySignature.isEmpty()
                            ? "there is no other method of this name that "
                                    + guarded.method().getName() + " could call" + suggestion(name, guarded)
                            : "methods of this name take "
                                    + bySignature.values().stream()
                                            .map(types::textOf)
                                            .collect(Collectors.joining(" and "))));
        }
        check(found, types, guarded);
        // the most specific first, and a method without a failure last
        found.sort(Comparator.comparingInt(candidate -> -depth(candidate.failure())));
        return new FallbackMethod(found);
    }

    /** Returns whether the type arguments fit too; the number of parameters may still differ. */
    private static boolean takesArguments(Method method, Method guarded, TypeResolver types) {
        Type[] wanted = method.getGenericParameterTypes();
        Type[] given = guarded.getGenericParameterTypes();
        return IntStream.range(0, Math.min(wanted.length, given.length))
                .allMatch(i -> types.accepts(wanted[i], given[i]));
    }

    private static String suggestion(String name, GuardedMethod guarded) {
        return TypeResolver.hierarchy(guarded.beanClass()).stream()
                .flatMap(declaring -> Arrays.stream(declaring.getDeclaredMethods()))
                .filter(method ->
                        !method.isSynthetic() && !method.equals(guarded.method()) && isCallable(method, guarded))
                .map(Method::getName)
                .filter(other -> Text.distance(name, other) <= MAX_TYPOS)
                .min(Comparator.comparingInt(other -> Text.distance(name, other)))
                .map(other -> "; did you mean \"" + other + "\"?")
                .orElse("");
    }

    private static Candidate candidate(Method method, Class<?> failure, GuardedMethod guarded) {
        Class<?> declaring = method.getDeclaringClass();
        boolean isPrivate = Modifier.isPrivate(method.getModifiers());
        boolean inherited = declaring.isInterface() && !isPrivate;
        Class<?> caller = inherited ? guarded.beanClass() : declaring;
        try {
            Lookup lookup = MethodHandles.privateLookupIn(caller, MethodHandles.lookup());
            MethodHandle handle;
            if (Modifier.isStatic(method.getModifiers())) {
                handle = lookup.unreflect(method);
            } else if (inherited) {
                MethodType type = MethodType.methodType(method.getReturnType(), method.getParameterTypes());
                handle = lookup.findSpecial(caller, method.getName(), type, caller);
            } else {
                handle = lookup.unreflectSpecial(method, caller);
            }
            // arguments are passed as they are, an array of a variable number of them too
            return new Candidate(method, failure, handle.asFixedArity());
        } catch (IllegalAccessException | NoSuchMethodException closed) {
            throw new IllegalArgumentException("method \"" + method.getName() + "\" cannot be called ("
                    + closed.getMessage() + "); if it is in a module, open its package to this library");
        }
    }

    private static void check(List<Candidate> found, TypeResolver types, GuardedMethod guarded) {
        Class<?> wanted = types.resultOf(guarded.method());
        for (Candidate candidate : found) {
            Class<?> result = types.resultOf(candidate.method());
            if (!TypeResolver.fits(result, wanted)) {
                throw new IllegalArgumentException(
                        "method must return " + wanted.getTypeName() + " or a type of it, but \""
                                + candidate.method().getName() + "\" returns " + result.getTypeName());
            }
        }
    }

    private static boolean isCallable(Method method, GuardedMethod guarded) {
        int modifiers = method.getModifiers();
        Class<?> declaring = method.getDeclaringClass();
        Class<?> from = guarded.method().getDeclaringClass();
        if (Modifier.isAbstract(modifiers) || (Modifier.isStatic(modifiers) && declaring.isInterface())) {
            return false;
        }
        if (Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers) || declaring == guarded.beanClass()) {
            return true;
        }
        return Modifier.isPrivate(modifiers)
                ? declaring == from
                : declaring.getPackage().equals(from.getPackage());
    }

    /** Returns whether the class that declares the guarded method has a method of this signature, perhaps abstract. */
    private static boolean isKnownToDeclarer(Method method, GuardedMethod guarded, TypeResolver types) {
        return TypeResolver.hierarchy(guarded.method().getDeclaringClass()).stream()
                .flatMap(declaring -> Arrays.stream(declaring.getDeclaredMethods()))
                .anyMatch(known -> known.getName().equals(method.getName())
                        && types.parametersOf(known).equals(types.parametersOf(method)));
    }

    private static int depth(Class<?> type) {
        int depth = 0;
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            depth++;
        }
        return depth;
    }

    @Override
    public Object recover(InvocationContext call, Throwable failure, int attempts) throws Exception {
        Throwable inner = FailureRule.unwrapped(failure);
        for (Candidate candidate : candidates) {
            if (candidate.accepts(failure)) {
                return invoke(candidate, call, failure);
            }
            if (candidate.accepts(inner)) {
                return invoke(candidate, call, inner);
            }
        }
        return NOTHING;
    }

    private static Object invoke(Candidate candidate, InvocationContext call, Throwable failure) throws Exception {
        Object[] arguments = Arguments.of(call);
        if (candidate.failure() != null) {
            arguments = Arrays.copyOf(arguments, arguments.length + 1, Object[].class);
            arguments[arguments.length - 1] = failure;
        }
        boolean isStatic = Modifier.isStatic(candidate.method().getModifiers());
        MethodHandle handle = isStatic ? candidate.handle() : candidate.handle().bindTo(call.getTarget());
        try {
            return handle.invokeWithArguments(arguments);
        } catch (Exception | Error thrown) {
            throw thrown;
        } catch (Throwable thrown) {
            throw new UndeclaredThrowableException(thrown);
        }
    }

    @Override
    public String toString() {
        return candidates.stream()
                .map(candidate -> candidate.method().getName()
                        + Arrays.stream(candidate.method().getParameterTypes())
                                .map(Class::getSimpleName)
                                .collect(Collectors.joining(",", "(", ")")))
                .collect(Collectors.joining(" or ", "method ", ""));
    }
}
