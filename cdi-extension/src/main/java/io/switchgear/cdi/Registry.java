package io.switchgear.cdi;

import io.switchgear.CircuitBreaker;
import io.switchgear.CircuitBreakers;
import io.switchgear.breaker.Breaker;
import io.switchgear.jmx.BreakerMBeans;
import io.switchgear.message.TransitionLog;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** The breakers of the application, by name. Whatever is made here has its MBean. */
final class Registry implements CircuitBreakers {
    private final ConcurrentMap<String, Breaker> breakers = new ConcurrentSkipListMap<>();
    private final BreakerMBeans mbeans;

    Registry(BreakerMBeans mbeans) {
        this.mbeans = mbeans;
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
        Breaker made =
                new Breaker(definition.name(), definition.settings(), definition.failureRule(), new TransitionLog());
        Breaker present = breakers.putIfAbsent(definition.name(), made);
        if (present != null) {
            return present;
        }
        mbeans.register(made);
        return made;
    }
}
