// SPDX-License-Identifier: Apache-2.0
package io.switchgear.runtime;

import io.switchgear.CircuitBreaker;
import io.switchgear.CircuitBreakers;
import io.switchgear.FailureRule;
import io.switchgear.Guard;
import io.switchgear.KeyedBreakers;
import io.switchgear.breaker.Breaker;
import io.switchgear.guard.TransactionRule;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.status.BreakerAttention;
import io.switchgear.status.CircuitTransition;
import io.switchgear.status.StatusReport;
import io.switchgear.time.Scheduler;
import io.switchgear.time.Ticker;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The {@link CircuitBreakers} that an application injects or creates. */
final class ApplicationBreakers implements CircuitBreakers {
    private static final int MAX_NAMES = 20;

    /** The user of breakers that were created by {@link #create}. */
    private static final Object CREATOR = new Object();

    private final Registry registry;
    private final ApplicationEvents events;
    private final Scheduler scheduler;
    private final TransactionRule transaction;
    private final Map<String, KeyedBreakerPool> pools = new ConcurrentHashMap<>();

    ApplicationBreakers(Registry registry, Scheduler scheduler, TransactionRule transaction) {
        this.registry = registry;
        this.events = registry.events();
        this.scheduler = scheduler;
        this.transaction = transaction;
    }

    @Override
    public List<CircuitBreaker> all() {
        return registry.breakers().stream()
                .<CircuitBreaker>map(NamedEntry::value)
                .toList();
    }

    @Override
    public Optional<CircuitBreaker> find(String name) {
        return Optional.ofNullable(registry.breaker(name)).map(NamedEntry::value);
    }

    @Override
    public CircuitBreaker get(String name) {
        return find(name)
                .orElseThrow(() -> new NoSuchElementException("there is no breaker \"" + name + "\"; there are "
                        + known(all().stream().map(CircuitBreaker::name).toList())));
    }

    private static String known(List<String> names) {
        return names.isEmpty()
                ? "none"
                : names.stream().limit(MAX_NAMES).collect(Collectors.joining("\", \"", "\"", "\""))
                        + (names.size() > MAX_NAMES ? " and others" : "");
    }

    @Override
    public Breaker create(String name, BreakerSettings settings, FailureRule rule) {
        Definition.checkName(name);
        return registry.breakerInCode(List.of(name), settings, rule, CREATOR);
    }

    @Override
    public boolean remove(String name) {
        return registry.exclusively(() -> {
            NamedEntry<Breaker> entry = registry.breaker(name);
            if (entry == null) {
                return false;
            }
            if (!entry.methods().isEmpty()) {
                throw new IllegalArgumentException(
                        "the breaker \"" + name + "\" cannot be removed, since it guards " + entry.methods());
            }
            entry.users().stream().filter(user -> user != CREATOR).findFirst().ifPresent(user -> {
                throw new IllegalArgumentException("the breaker \"" + name
                        + "\" cannot be removed, since it belongs to " + user
                        + (user instanceof AutoCloseable ? "; close that" : ""));
            });
            return registry.releaseBreaker(name, CREATOR);
        });
    }

    @Override
    public <T> Guard.Builder<T> guard(String name) {
        return new GuardBuilder<>(registry, scheduler, transaction, name);
    }

    @Override
    public KeyedBreakers perKey(String name, int maxKeys, BreakerSettings settings, FailureRule rule) {
        return registry.exclusively(() -> {
            KeyedBreakerPool created = new KeyedBreakerPool(
                    registry, name, maxKeys, settings, rule, Ticker.SYSTEM, closed -> pools.remove(name, closed));
            KeyedBreakerPool present = pools.putIfAbsent(name, created);
            if (present == null) {
                return created;
            }
            present.checkAgrees(created);
            return present;
        });
    }

    @Override
    public Runnable listen(Consumer<? super CircuitTransition> listener) {
        return events.transitions().add(listener);
    }

    @Override
    public Runnable listenForAttention(Consumer<? super BreakerAttention> listener) {
        return events.attention().add(listener);
    }

    @Override
    public StatusReport report() {
        return events.attention()
                .report(
                        () -> all().stream().map(CircuitBreaker::snapshot).toList(),
                        registry::retrySnapshots,
                        InstantSource.system());
    }
}
