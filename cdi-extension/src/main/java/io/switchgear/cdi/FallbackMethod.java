package io.switchgear.cdi;

import io.switchgear.guard.Recovery;
import jakarta.interceptor.InvocationContext;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The method that {@code @FallingBack} names, found as the compiler would find it for a call from the guarded method:
 * with the same parameters, or these and the failure. Of several for failures of different types, the most special one
 * that takes the failure is called; if none does, nothing stands in.
 */
final class FallbackMethod implements Recovery<InvocationContext> {
    /** @param failure type of the last parameter; {@code null} if the failure is not passed */
    private record Candidate(Method method, Class<?> failure) {
        boolean takes(Throwable thrown) {
            return failure == null || failure.isInstance(thrown);
        }
    }

    private final List<Candidate> candidates;

    private FallbackMethod(List<Candidate> candidates) {
        this.candidates = candidates;
    }

    /** @throws IllegalArgumentException if there is none; says what there is instead */
    static FallbackMethod of(GuardedMethod guarded) {
        String name = guarded.fallingBack().method();
        Types types = new Types(guarded.beanClass());
        List<Class<?>> wanted = types.parametersOf(guarded.method());
        Map<List<Class<?>>, Method> bySignature = new LinkedHashMap<>();
        for (Class<?> declaring : hierarchy(guarded.beanClass())) {
            for (Method method : declaring.getDeclaredMethods()) {
                if (method.getName().equals(name)
                        && !method.equals(guarded.method())
                        && !method.isSynthetic()
                        && isCallable(method, guarded)) {
                    bySignature.putIfAbsent(types.parametersOf(method), method);
                }
            }
        }
        List<Candidate> found = new ArrayList<>();
        bySignature.forEach((parameters, method) -> {
            int last = parameters.size() - 1;
            if (parameters.equals(wanted)) {
                found.add(new Candidate(method, null));
            } else if (last == wanted.size()
                    && parameters.subList(0, last).equals(wanted)
                    && Throwable.class.isAssignableFrom(parameters.get(last))) {
                found.add(new Candidate(method, parameters.get(last)));
            }
        });
        if (found.isEmpty()) {
            throw new IllegalArgumentException("method must name a method of the bean that takes " + text(wanted)
                    + ", or these and the failure, but was \"" + name + "\"; "
                    + (bySignature.isEmpty()
                            ? "there is no other method of this name that "
                                    + guarded.method().getName() + " could call"
                            : "methods of this name take "
                                    + bySignature.keySet().stream()
                                            .map(FallbackMethod::text)
                                            .collect(Collectors.joining(" and "))));
        }
        check(found, types, guarded);
        // the most special first, and what takes none last
        found.sort(Comparator.comparingInt(candidate -> -depth(candidate.failure())));
        return new FallbackMethod(found);
    }

    private static void check(List<Candidate> found, Types types, GuardedMethod guarded) {
        Class<?> wanted = types.resultOf(guarded.method());
        for (Candidate candidate : found) {
            Class<?> result = types.resultOf(candidate.method());
            if (!Types.fits(result, wanted)) {
                throw new IllegalArgumentException(
                        "method must return " + wanted.getTypeName() + " or a type of it, but \""
                                + candidate.method().getName() + "\" returns " + result.getTypeName());
            }
            try {
                candidate.method().setAccessible(true);
            } catch (InaccessibleObjectException closed) {
                throw new IllegalArgumentException(
                        "method \"" + candidate.method().getName() + "\" is in a module that"
                                + " does not open its package to this library; open it");
            }
        }
    }

    /** Classes from the most derived on, then interfaces. */
    private static Set<Class<?>> hierarchy(Class<?> type) {
        Set<Class<?>> all = new LinkedHashSet<>();
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            all.add(each);
        }
        new ArrayList<>(all).forEach(each -> addInterfaces(each, all));
        return all;
    }

    private static void addInterfaces(Class<?> type, Set<Class<?>> all) {
        for (Class<?> each : type.getInterfaces()) {
            all.add(each);
            addInterfaces(each, all);
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

    private static int depth(Class<?> type) {
        int depth = 0;
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            depth++;
        }
        return depth;
    }

    private static String text(List<Class<?>> types) {
        return types.stream().map(Class::getTypeName).collect(Collectors.joining(", ", "(", ")"));
    }

    @Override
    public Object recover(InvocationContext call, Throwable failure, int attempts) throws Exception {
        for (Candidate candidate : candidates) {
            if (candidate.takes(failure)) {
                return invoke(candidate, call, failure);
            }
        }
        return NOTHING;
    }

    private static Object invoke(Candidate candidate, InvocationContext call, Throwable failure) throws Exception {
        Object[] arguments = call.getParameters();
        if (candidate.failure() != null) {
            arguments = Arrays.copyOf(arguments, arguments.length + 1, Object[].class);
            arguments[arguments.length - 1] = failure;
        }
        try {
            return candidate.method().invoke(call.getTarget(), arguments);
        } catch (InvocationTargetException thrown) {
            if (thrown.getCause() instanceof Error error) {
                throw error;
            }
            if (thrown.getCause() instanceof Exception exception) {
                throw exception;
            }
            throw thrown;
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
