// SPDX-License-Identifier: Apache-2.0
package io.switchgear.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.switchgear.breaker.Breaker;
import io.switchgear.meter.MeterDefinition;
import io.switchgear.settings.CallTimer;
import io.switchgear.settings.Tunable;
import io.switchgear.status.CircuitTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * The meters of one breaker, retry, fallback, time limit or service, in all registries. Must be kept as long as they
 * exist, since function counters hold it weakly.
 */
final class TunableMeters {
    private static final String DURATION = "circuit.breaker.call.duration";

    private record Registered(MeterRegistry registry, Meter meter) {}

    private final Tunable<?> source;
    private final RegistryProblems problems;
    private final List<MeterRegistry> registries = new ArrayList<>();
    private final List<Registered> meters = new ArrayList<>();
    private final List<Registered> timers = new ArrayList<>();
    private Runnable stopListening = () -> {};
    private boolean over;

    TunableMeters(Tunable<?> source, RegistryProblems problems) {
        this.source = source;
        this.problems = problems;
    }

    String name() {
        return source.name();
    }

    synchronized void begin(List<MeterRegistry> all) {
        all.forEach(registry -> problems.guard(source, registry, () -> register(registry)));
        if (source instanceof Breaker breaker) {
            stopListening = breaker.listenFirst(this::onTransition);
            time(breaker);
        }
    }

    private void register(MeterRegistry registry) {
        registries.add(registry);
        Set<Meter.Id> others = others(registry);
        for (MeterDefinition<?> reading :
                MeterDefinition.of(source.configuredSettings().kind())) {
            Tags tags = reading.label() == null ? Tags.empty() : Tags.of(reading.label(), reading.labelValue());
            if (isFree(reading.name(), tags, others, registry)) {
                meters.add(new Registered(
                        registry, register(reading, tags.and(MeterDefinition.SERVICE, name()), registry)));
            }
        }
    }

    private Meter register(MeterDefinition<?> reading, Tags tags, MeterRegistry registry) {
        ToDoubleFunction<TunableMeters> value = bound -> reading.value(bound.source.snapshot());
        return reading.counts()
                ? FunctionCounter.builder(reading.name(), this, value)
                        .description(reading.description())
                        .tags(tags)
                        .register(registry)
                : Gauge.builder(reading.name(), this, value)
                        .strongReference(true)
                        .description(reading.description())
                        .tags(tags)
                        .register(registry);
    }

    /** Returns the meters of this name that a registry has already; they belong to another application. */
    private Set<Meter.Id> others(MeterRegistry registry) {
        return registry.getMeters().stream()
                .map(Meter::getId)
                .filter(id -> name().equals(id.getTag(MeterDefinition.SERVICE)))
                .collect(Collectors.toSet());
    }

    /**
     * Returns whether a registry has no such meter yet. Registering one again would return the existing one, which
     * reads something else.
     */
    private boolean isFree(String name, Tags tags, Set<Meter.Id> others, MeterRegistry registry) {
        boolean taken = others.stream()
                .anyMatch(id -> id.getName().equals(name)
                        && tags.stream().allMatch(tag -> tag.getValue().equals(id.getTag(tag.getKey()))));
        if (taken) {
            problems.taken(source, registry);
        }
        return !taken;
    }

    private synchronized void onTransition(CircuitTransition transition) {
        if (!over
                && transition.settings().callTimer()
                        != transition.fromSettings().callTimer()) {
            time((Breaker) source);
        }
    }

    /** Adds or removes timers by the settings in force now, since a notification may be late. */
    private void time(Breaker breaker) {
        breaker.timer(null);
        remove(timers);
        if (breaker.settings().callTimer() == CallTimer.ON) {
            registries.forEach(registry -> problems.guard(source, registry, () -> addTimer(registry)));
            List<Registered> created = List.copyOf(timers);
            // a registry that throws must not keep the others from their values
            breaker.timer(nanos -> created.forEach(timer -> problems.guard(
                    source, timer.registry(), () -> ((Timer) timer.meter()).record(nanos, TimeUnit.NANOSECONDS))));
        }
    }

    private void addTimer(MeterRegistry registry) {
        if (isFree(DURATION, Tags.empty(), others(registry), registry)) {
            Timer timer = Timer.builder(DURATION)
                    .description("Time that admitted calls take while CallTimer is ON")
                    .tag(MeterDefinition.SERVICE, name())
                    .publishPercentiles(0.5, 0.95, 0.99)
                    .register(registry);
            timers.add(new Registered(registry, timer));
        }
    }

    /** Removes the meters. */
    synchronized void end() {
        over = true;
        stopListening.run();
        if (source instanceof Breaker breaker) {
            breaker.timer(null);
        }
        remove(timers);
        remove(meters);
    }

    private void remove(List<Registered> registered) {
        registered.forEach(each ->
                problems.guard(source, each.registry(), () -> each.registry().remove(each.meter())));
        registered.clear();
    }
}
