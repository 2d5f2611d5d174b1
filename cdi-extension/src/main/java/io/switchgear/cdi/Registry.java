package io.switchgear.cdi;

import io.switchgear.CircuitBreaker;
import io.switchgear.CircuitBreakers;
import io.switchgear.breaker.Breaker;
import io.switchgear.message.TransitionLog;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;

/** The breakers of the application, by name. */
final class Registry implements CircuitBreakers {
    private final ConcurrentMap<String, Breaker> breakers = new ConcurrentSkipListMap<>();
    private final Consumer<CircuitBreaker> made;

    /** @param made is told of each breaker that is made */
    Registry(Consumer<CircuitBreaker> made) {
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
    Breaker of(Definitions.Definition definition) {
        Breaker breaker =
                new Breaker(definition.name(), definition.settings(), definition.failureRule(), new TransitionLog());
        Breaker present = breakers.putIfAbsent(definition.name(), breaker);
        if (present != null) {
            return present;
        }
        made.accept(breaker);
        return breaker;
    }
}
