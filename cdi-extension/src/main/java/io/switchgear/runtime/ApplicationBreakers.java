// SPDX-License-Identifier: Apache-2.0
package io.switchgear.runtime;

import io.switchgear.CircuitBreaker;
import io.switchgear.CircuitBreakers;
import io.switchgear.FailureRule;
import io.switchgear.Guard;
import io.switchgear.KeyedBreakers;
import io.switchgear.breaker.Breaker;
import io.switchgear.config.Configuration;
import io.switchgear.guard.TransactionRule;
import io.switchgear.message.Text;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.status.BreakerAttention;
import io.switchgear.status.CircuitTransition;
import io.switchgear.status.StatusReport;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The {@link CircuitBreakers} that an application injects or creates. */
final class ApplicationBreakers implements CircuitBreakers {
    private static final int MAX_NAMES = 20;

    /** The user of breakers that were created by {@link #create}. */
    private static final Object CREATOR = new Object();

    private final Registry registry;
    private final ApplicationEvents events;
    private final TransactionRule transaction;
    private final Map<String, KeyedBreakerPool> pools = new ConcurrentHashMap<>();

    ApplicationBreakers(Registry registry, TransactionRule transaction) {
        this.registry = registry;
        this.events = registry.events();
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
                .orElseThrow(() -> new NoSuchElementException(
                        "there is no breaker " + Text.quoted(name) + "; there are " + known()));
    }

    /** Returns the names that code gives. Intentional: no key, as an application may show this to another caller. */
    private String known() {
        List<String> names = Stream.concat(
                        registry.breakers().stream()
                                .filter(breaker -> !breaker.isKeyed())
                                .map(breaker -> breaker.value().name()),
                        pools.keySet().stream().map(pool -> pool + "/<key>"))
                .sorted()
                .map(name -> '"' + name + '"')
                .toList();
        return names.isEmpty() ? "none" : Text.first(MAX_NAMES, names);
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
        return new GuardBuilder<>(registry, transaction, name);
    }

    @Override
    public KeyedBreakers perKey(String name, int maxKeys, BreakerSettings settings, FailureRule rule) {
        return registry.exclusively(() -> {
            checkKeysAreUnique(name);
            KeyedBreakerPool created = new KeyedBreakerPool(
                    registry,
                    name,
                    maxKeys,
                    settings,
                    rule,
                    registry.time().ticker(),
                    closed -> pools.remove(name, closed));
            KeyedBreakerPool present = pools.putIfAbsent(name, created);
            if (present == null) {
                return created;
            }
            present.checkAgrees(created);
            return present;
        });
    }

    /** Returns the maximum of the call windows that the breakers by key of one name would have together. */
    long keyedWindowCalls(Configuration next) {
        return pools.values().stream()
                .mapToLong(pool -> pool.windowCalls(next))
                .max()
                .orElse(0);
    }

    /** Refuses names that would let a key of one be the name, or the shared breaker, of another. */
    private void checkKeysAreUnique(String name) {
        for (String other : pools.keySet()) {
            if (other.startsWith(name + "/") || (name != null && name.startsWith(other + "/"))) {
                throw new IllegalArgumentException("name " + Text.quoted(name) + " cannot be that of breakers by key"
                        + " beside \"" + other + "\", as a key of one could be the name of a breaker of the other;"
                        + " choose a name that does not begin with the other and a slash");
            }
        }
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
        // before the lock of the report, as the listeners of a breaker that opens are called here
        registry.breakers().forEach(entry -> entry.value().look());
        return events.attention()
                .report(
                        () -> registry.breakers().stream()
                                .map(entry -> entry.value().peek())
                                .toList(),
                        registry::retrySnapshots,
                        registry.time().clock());
    }
}
