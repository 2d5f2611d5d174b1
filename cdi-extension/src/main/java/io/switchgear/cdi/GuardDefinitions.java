// SPDX-License-Identifier: Apache-2.0
package io.switchgear.cdi;

import io.switchgear.FailureRule;
import io.switchgear.FallingBack;
import io.switchgear.cdi.GuardInterceptor.OfFallback;
import io.switchgear.guard.Recovery;
import io.switchgear.guard.ResultTypes;
import io.switchgear.message.Message;
import io.switchgear.runtime.Definition;
import io.switchgear.runtime.Definitions;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.BulkheadSettings;
import io.switchgear.settings.FallbackSettings;
import io.switchgear.settings.InvalidSettingsException;
import io.switchgear.settings.RetrySettings;
import io.switchgear.settings.Setting;
import io.switchgear.settings.TimeLimitSettings;
import io.switchgear.settings.TunableKind;
import io.switchgear.settings.TunableSettings;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.InterceptionType;
import jakarta.interceptor.InvocationContext;
import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Creates the definitions of all guarded methods and collects the problems with them. */
final class GuardDefinitions {
    private final Definitions definitions;
    private final ApplicationBeans beans;
    private final Map<TunableKind, Map<String, Definition<?>>> byName = new EnumMap<>(TunableKind.class);
    private final Map<Object, Object> first = new HashMap<>();
    private final List<String> problems = new ArrayList<>();
    private boolean concernMicroProfile;

    /**
     * Creates an empty collection of definitions.
     *
     * @param problems the problems found so far
     * @param beans the handlers are among them
     */
    GuardDefinitions(Definitions definitions, List<String> problems, ApplicationBeans beans) {
        this.definitions = definitions;
        this.beans = beans;
        this.problems.addAll(problems);
        for (TunableKind kind : TunableKind.values()) {
            byName.put(kind, new HashMap<>());
        }
    }

    /** Returns the problems, one sentence each. */
    List<String> problems() {
        return problems;
    }

    /** Returns whether there is a problem with a method that has annotations of MicroProfile Fault Tolerance. */
    boolean concernMicroProfile() {
        return concernMicroProfile;
    }

    private void problem(GuardedMethod method, String sentence) {
        concernMicroProfile |= method.microProfile() != null;
        problem(method.fullName() + ": " + sentence);
    }

    /** Adds a problem. */
    void problem(String problem) {
        problems.add(problem);
    }

    /** Returns the definitions of these methods, without the methods that have a problem. */
    Map<GuardedMethod, GuardDefinition> of(List<GuardedMethod> methods, BeanManager beanManager) {
        Map<String, Long> uses = uses(methods, GuardedMethod::shortName);
        Map<String, Long> fullUses = uses(methods, GuardedMethod::fullName);
        uses.forEach((name, count) -> {
            if (count > 1) {
                Message.NAME_QUALIFIED.log(name);
            }
        });
        Map<GuardedMethod, GuardDefinition> all = new LinkedHashMap<>();
        for (GuardedMethod method : methods) {
            boolean unique = uses.getOrDefault(method.shortName(), 0L) == 1 && !isTaken(method.shortName());
            boolean uniqueInFull = fullUses.getOrDefault(method.fullName(), 0L) == 1;
            // two archives of one application may have classes of the same name
            String fullName = (uniqueInFull ? "" : Archive.of(method.beanClass()) + "/") + method.fullName();
            int before = problems.size();
            GuardDefinition definition =
                    definition(method, Definition.valid(unique ? method.shortName() : fullName), beanManager);
            if (problems.size() == before) {
                all.put(method, definition);
                if (ResultTypes.worksLater(method.method())) {
                    Message.WORKS_LATER.log(
                            method.fullName(), method.method().getReturnType().getTypeName());
                }
            } else {
                // the names of a refused method are free for others
                byName.values()
                        .forEach(names -> names.values()
                                .removeIf(refused -> refused.site().equals(method.fullName())));
            }
        }
        return all;
    }

    private static Map<String, Long> uses(List<GuardedMethod> methods, Function<GuardedMethod, String> defaultName) {
        return methods.stream()
                .filter(GuardedMethod::needsDefaultName)
                .distinct()
                .collect(Collectors.groupingBy(defaultName, Collectors.counting()));
    }

    private boolean isTaken(String name) {
        return byName.values().stream().anyMatch(names -> names.containsKey(name));
    }

    private GuardDefinition definition(GuardedMethod method, String defaultName, BeanManager beanManager) {
        if (method.microProfile() != null) {
            method.microProfile().problems().forEach(sentence -> problem(method, sentence));
        }
        return new GuardDefinition(
                method.breaking() == null ? null : breaker(method, method.breakerName(defaultName)),
                method.timeLimiting() == null ? null : timeLimit(method, method.timeLimitName(defaultName)),
                method.microProfile() == null || method.microProfile().bulkhead() == null
                        ? null
                        : bulkhead(method, defaultName),
                method.retrying() == null ? null : retry(method, method.retryName(defaultName)),
                method.fallingBack() == null ? null : fallback(method, method.fallbackName(defaultName), beanManager),
                method.fallingBack() == null ? null : recovery(method, method.fallbackName(defaultName), beanManager));
    }

    // ---- breakers

    private Definition<BreakerSettings> breaker(GuardedMethod method, String name) {
        MethodProblems found = new MethodProblems(method, method.breaking(), this::problem);
        if (method.breaking().failOn().length == 0 && method.microProfile() == null) {
            found.add("failOn must name at least one class but was {}: nothing could ever be a failure");
        }
        found.refuseOtherPredicates(method.breaking().failWhen());
        try {
            return shared(found, name, BreakerSettings.defaults(), method.failureRule());
        } catch (ReflectiveOperationException | RuntimeException failed) {
            Throwable cause = failed instanceof InvocationTargetException ? failed.getCause() : failed;
            found.add("failWhen must be a class with a constructor without parameters that works, but was "
                    + method.breaking().failWhen().getName() + ": " + cause);
            return null;
        }
    }

    // ---- time limits

    private Definition<TimeLimitSettings> timeLimit(GuardedMethod method, String name) {
        MethodProblems found = new MethodProblems(method, method.timeLimiting(), this::problem);
        found.refuseOtherStages(method.method().getReturnType());
        Definition<TimeLimitSettings> definition = shared(found, name, TimeLimitSettings.defaults(), FailureRule.ANY);
        if (definition != null
                && definition.settings().enabled()
                && definition.settings().interrupt()) {
            method.transaction()
                    .committedIfInterrupted(method.method())
                    .ifPresent(thrown -> Message.COMMITTED.log(
                            method.fullName(),
                            thrown,
                            "a call that is interrupted at its time limit commits what it has written",
                            "set interrupt of the time limit to false"));
        }
        return definition;
    }

    // ---- bulkheads

    private Definition<BulkheadSettings> bulkhead(GuardedMethod method, String name) {
        try {
            return definitions.define(
                    name,
                    method.microProfile().bulkhead(),
                    givenBy(method, TunableKind.BULKHEAD),
                    FailureRule.ANY,
                    method.fullName());
        } catch (IllegalArgumentException invalid) {
            problem(method, "@Bulkhead " + invalid.getMessage());
            return null;
        }
    }

    // ---- retries

    private Definition<RetrySettings> retry(GuardedMethod method, String name) {
        MethodProblems found = new MethodProblems(method, method.retrying(), this::problem);
        if (method.retrying().retryOn().length == 0 && method.microProfile() == null) {
            found.add("retryOn must name at least one class but was {}: nothing could ever be retried");
        }
        method.transaction()
                .problemWithRetries()
                .ifPresent(
                        method.microProfile() == null
                                ? found::add
                                : problem -> Message.MICROPROFILE_TRANSACTION.log(method.fullName(), problem));
        method.transaction()
                .committedAndRetried(method.method(), method.retrying())
                .forEach(thrown -> Message.COMMITTED.log(
                        method.fullName(),
                        thrown.getName(),
                        "a retry repeats what was committed",
                        "add it to abortOn of @" + method.nameOf(method.retrying())));
        Class<?> result = method.method().getReturnType();
        found.refuseOtherStages(result);
        if (method.isOfSessionBean() && CompletionStage.class.isAssignableFrom(result)) {
            found.add("cannot call an asynchronous method of a session bean again, as its instance serves others when"
                    + " the time comes; let a CDI bean make the call");
        }
        return shared(
                found,
                name,
                RetrySettings.defaults(),
                method.rule(method.retrying().retryOn(), method.retrying().abortOn()));
    }

    /** Returns a definition that all methods with the same name share. */
    private <S extends TunableSettings<S>> Definition<S> shared(
            MethodProblems found, String name, S defaults, FailureRule rule) {
        Definition<S> definition = definition(found, name, defaults, rule);
        if (definition == null) {
            return null;
        }
        Definition<?> earlier = byName.get(defaults.kind()).putIfAbsent(name, definition);
        if (earlier != null && !earlier.agreesWith(definition)) {
            found.add(definition.disagreement(earlier));
        }
        return definition;
    }

    private <S extends TunableSettings<S>> Definition<S> definition(
            MethodProblems found, String name, S defaults, FailureRule rule) {
        String problem = Definition.problem(name);
        if (!problem.isEmpty()) {
            found.add("name " + problem);
        }
        try {
            Definition<S> created = definitions.define(
                    name,
                    GuardedMethod.settings(found.annotation(), defaults),
                    givenBy(found.method(), defaults.kind()),
                    rule,
                    found.method().fullName());
            return new Definition<>(
                    name,
                    same(created.settings()),
                    same(rule),
                    same(created.configured()),
                    created.site(),
                    created.critical(),
                    created.origin());
        } catch (InvalidSettingsException invalid) {
            found.add(invalid.messageNaming(member -> named(found.method(), defaults.kind(), member)));
            return null;
        } catch (IllegalArgumentException invalid) {
            found.add(invalid.getMessage());
            return null;
        }
    }

    /** Returns the name of a setting, with the key of MicroProfile that it comes from. */
    private static String named(GuardedMethod method, TunableKind kind, String member) {
        return givenBy(method, kind).entrySet().stream()
                .filter(each -> each.getKey().memberName().equals(member))
                .map(each -> member + ", from " + each.getValue() + ",")
                .findFirst()
                .orElse(member);
    }

    /** Returns the source of each setting that comes from the configuration of MicroProfile. */
    private static Map<Setting, String> givenBy(GuardedMethod method, TunableKind kind) {
        if (method.microProfile() == null) {
            return Map.of();
        }
        Map<Setting, String> origins = new EnumMap<>(Setting.class);
        method.microProfile().origins().forEach((setting, origin) -> {
            if (setting.kind() == kind) {
                origins.put(setting, origin);
            }
        });
        return origins;
    }

    // ---- fallbacks

    private Definition<FallbackSettings> fallback(GuardedMethod method, String name, BeanManager beanManager) {
        FallingBack annotation = method.fallingBack();
        MethodProblems found = new MethodProblems(method, annotation, this::problem);
        FallbackCheck.check(found);
        if (annotation.lastGood()) {
            warnOfInterceptors(method, beanManager);
        }
        Definition<FallbackSettings> definition = definition(
                found, name, FallbackSettings.defaults(), method.rule(annotation.on(), annotation.exceptOn()));
        Definition<?> earlier =
                definition == null ? null : byName.get(TunableKind.FALLBACK).putIfAbsent(name, definition);
        if (earlier != null) {
            found.add("name \"" + name + "\" is that of the fallback of " + earlier.site() + "; choose another name");
        }
        return definition;
    }

    private static void warnOfInterceptors(GuardedMethod method, BeanManager beanManager) {
        if (method.otherBindings().isEmpty()) {
            return;
        }
        Annotation[] bindings = Stream.concat(method.otherBindings().stream(), Stream.of(OfFallback.binding()))
                .toArray(Annotation[]::new);
        beanManager.resolveInterceptors(InterceptionType.AROUND_INVOKE, bindings).stream()
                .map(Bean::getBeanClass)
                // in the order of calls
                .dropWhile(type -> type != OfFallback.class)
                .skip(1)
                .forEach(type ->
                        Message.PAST_INTERCEPTORS.log(method.fullName(), type.getName(), GuardInterceptor.PRIORITY));
    }

    private Recovery<InvocationContext> recovery(GuardedMethod method, String name, BeanManager beanManager) {
        try {
            return FallbackCheck.recovery(method, name, beans, beanManager);
        } catch (IllegalArgumentException invalid) {
            new MethodProblems(method, method.fallingBack(), this::problem).add(invalid.getMessage());
            return null;
        }
    }

    /** Returns the first value equal to this one, as most breakers have the same settings and the same rule. */
    @SuppressWarnings("unchecked") // an equal record, or an equal map of the same types, can replace it
    private <T> T same(T value) {
        return (T) first.computeIfAbsent(value, itself -> itself);
    }
}
