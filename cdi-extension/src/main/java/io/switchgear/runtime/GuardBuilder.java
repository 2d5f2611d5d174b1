// SPDX-License-Identifier: Apache-2.0
package io.switchgear.runtime;

import io.switchgear.FailureRule;
import io.switchgear.FallbackHandler;
import io.switchgear.Guard;
import io.switchgear.guard.LastGoodValues;
import io.switchgear.guard.TransactionRule;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.BulkheadSettings;
import io.switchgear.settings.FallbackSettings;
import io.switchgear.settings.RetrySettings;
import io.switchgear.settings.TimeLimitSettings;
import io.switchgear.settings.TunableSettings;
import java.util.ArrayList;
import java.util.List;

/** Collects the layers of a guard and the problems with them. */
final class GuardBuilder<T> implements Guard.Builder<T> {
    private static final FailureRule EXCEPTIONS = new FailureRule(List.of(Exception.class), List.of());

    private final Registry registry;
    private final TransactionRule transaction;
    private final String name;
    private final List<String> problems = new ArrayList<>();
    private BreakerSettings breaker;
    private FailureRule breakerRule;
    private BulkheadSettings bulkhead;
    private RetrySettings retry;
    private FailureRule retryRule;
    private TimeLimitSettings timeLimit;
    private FallbackHandler<? extends T> handler;
    private boolean lastGood;
    private FallbackSettings fallback;
    private FailureRule fallbackRule;

    GuardBuilder(Registry registry, TransactionRule transaction, String name) {
        this.registry = registry;
        this.transaction = transaction;
        this.name = name;
    }

    @Override
    public Guard.Builder<T> breaker(BreakerSettings settings, FailureRule rule) {
        breaker = settings;
        breakerRule = rule;
        return this;
    }

    @Override
    public Guard.Builder<T> bulkhead(BulkheadSettings settings) {
        bulkhead = settings;
        return this;
    }

    @Override
    public Guard.Builder<T> retry(RetrySettings settings) {
        return retry(settings, EXCEPTIONS);
    }

    @Override
    public Guard.Builder<T> retry(RetrySettings settings, FailureRule rule) {
        retry = settings;
        retryRule = rule;
        return this;
    }

    @Override
    public Guard.Builder<T> timeLimit(TimeLimitSettings settings) {
        timeLimit = settings;
        return this;
    }

    @Override
    public Guard.Builder<T> fallback(FallbackHandler<? extends T> with) {
        handler = with;
        return this;
    }

    @Override
    public Guard.Builder<T> lastGood() {
        lastGood = true;
        return this;
    }

    @Override
    public Guard.Builder<T> fallbackSettings(FallbackSettings settings) {
        fallback = settings;
        return this;
    }

    @Override
    public Guard.Builder<T> fallbackOn(FailureRule rule) {
        fallbackRule = rule;
        return this;
    }

    @Override
    public Guard<T> build() {
        // checks and creation under one lock, so that a guard with problems leaves nothing behind
        return registry.exclusively(this::created);
    }

    private Guard<T> created() {
        problems.clear();
        checkName();
        checkFallback();
        var breakers = breaker == null ? null : definition(breaker, breakerRule);
        var bulkheads = bulkhead == null ? null : definition(bulkhead, FailureRule.ANY);
        var retries = retry == null ? null : definition(retry, retryRule);
        var limits = timeLimit == null ? null : definition(timeLimit, FailureRule.ANY);
        var fallbacks = !hasFallback()
                ? null
                : definition(
                        fallback == null ? FallbackSettings.defaults() : fallback,
                        fallbackRule == null ? FailureRule.ANY : fallbackRule);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", problems));
        }
        return new ProgrammaticGuard<>(
                registry, transaction, name, breakers, limits, bulkheads, retries, fallbacks, handler, lastGood);
    }

    private boolean hasFallback() {
        return handler != null || lastGood;
    }

    private void checkName() {
        String problem = Definition.problem(name);
        if (!problem.isEmpty()) {
            problems.add("name " + problem);
        }
    }

    private void checkFallback() {
        if (breaker == null && bulkhead == null && retry == null && timeLimit == null && !hasFallback()) {
            problem("has nothing to guard with; give it a breaker, a bulkhead, a retry, a time limit, a fallback or"
                    + " lastGood");
        }
        if (!hasFallback() && (fallback != null || fallbackRule != null)) {
            problem("has settings or a rule of a fallback but none; give it a fallback or lastGood");
        }
        if (fallbackRule != null && fallbackRule.failWhen() != null) {
            problem("has failWhen in the rule of its fallback, but results are not replaced; leave it out there");
        }
        if (lastGood && !LastGoodValues.isAvailable()) {
            problem(LastGoodValues.ABSENT);
        }
    }

    private void problem(String sentence) {
        problems.add("the guard \"" + name + "\" " + sentence);
    }

    private <S extends TunableSettings<S>> Definition<S> definition(S settings, FailureRule rule) {
        try {
            return registry.inCode(List.of(name), settings, rule);
        } catch (IllegalArgumentException refused) {
            problems.add(refused.getMessage());
            return null;
        }
    }
}
