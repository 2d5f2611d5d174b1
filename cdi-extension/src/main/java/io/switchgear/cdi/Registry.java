package io.switchgear.cdi;

import io.switchgear.CircuitBreaker;
import io.switchgear.CircuitBreakers;
import io.switchgear.breaker.Breaker;
import io.switchgear.jmx.Origin;
import io.switchgear.message.TransitionLog;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** The breakers of the application, by name. */
final class Registry implements CircuitBreakers {
    private final ConcurrentMap<String, Breaker> breakers = new ConcurrentSkipListMap<>();
    private final ConcurrentMap<String, List<GuardedMethod>> methods = new ConcurrentHashMap<>();
    private final BiConsumer<CircuitBreaker, Origin> made;

    /** @param made is told of each breaker that is made */
    Registry(BiConsumer<CircuitBreaker, Origin> made) {
        this.made = made;
    }

    @Override
    public List<CircuitBreaker> all() {
        return List.copyOf(breakers.values());
    }

    @Override
    public Optional<CircuitBreaker> find(String name) {
        return Optional.ofNullable(breakers.get(name));
    }

    /** The breaker of this definition, made if it is the first of its name. */
    Breaker of(Definitions.Definition definition, GuardedMethod method) {
        String name = definition.name();
        methods.merge(
                name,
                List.of(method),
                (known, more) -> Stream.concat(known.stream(), more.stream()).toList());
        Breaker breaker = new Breaker(name, definition.settings(), definition.failureRule(), new TransitionLog());
        Breaker present = breakers.putIfAbsent(name, breaker);
        if (present != null) {
            return present;
        }
        made.accept(breaker, new Origin(() -> methods(name), definition.configured()));
        return breaker;
    }

    private List<String> methods(String name) {
        return methods.get(name).stream().map(GuardedMethod::fullName).sorted().toList();
    }
}
