package io.switchgear.metrics;

import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.noop.NoopMeter;
import io.switchgear.CallTimer;
import io.switchgear.CircuitTransition;
import io.switchgear.Tunable;
import io.switchgear.Tuned;
import io.switchgear.breaker.Breaker;
import io.switchgear.message.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The meters of one thing, in all registries. To be kept as long as these, since function counters hold it weakly. */
final class Bound {
    private record Registered(MeterRegistry registry, Meter meter) {}

    private final Tunable<?> source;
    private final List<MeterRegistry> registries = new ArrayList<>();
    private final List<Registered> meters = new ArrayList<>();
    private final List<Registered> timers = new ArrayList<>();
    private Runnable stopListening = () -> {};
    private boolean over;
    private volatile boolean asked;

    Bound(Tunable<?> source) {
        this.source = source;
    }

    String name() {
        return source.name();
    }

    /** What the meters read. */
    Tuned<?> snapshot() {
        asked = true;
        return source.snapshot();
    }

    synchronized void begin(List<MeterRegistry> in) {
        in.forEach(this::register);
        if (source instanceof Breaker breaker) {
            stopListening = breaker.listen(this::heard);
            time(breaker, breaker.snapshot().settings().callTimer());
        }
    }

    private void register(MeterRegistry registry) {
        List<? extends Reading<?>> readings =
                Reading.of(source.configuredSettings().kind());
        Meter first = readings.get(0).register(this, registry);
        if (!isOurs(first, registry)) {
            Message.METERS_TAKEN.log(source.configuredSettings().kind().label(name()), registry.getClass());
            return;
        }
        registries.add(registry);
        meters.add(new Registered(registry, first));
        for (Reading<?> reading : readings.subList(1, readings.size())) {
            meters.add(new Registered(registry, reading.register(this, registry)));
        }
    }

    /** A registry that has such a meter already answers that one, which reads something else. */
    private boolean isOurs(Meter meter, MeterRegistry registry) {
        asked = false;
        meter.measure().forEach(Measurement::getValue);
        // what a filter denies reads nothing, and one of several registries may be without a filter
        return asked || meter instanceof NoopMeter || registry instanceof CompositeMeterRegistry;
    }

    private synchronized void heard(CircuitTransition told) {
        if (!over && told.settings().callTimer() != told.fromSettings().callTimer()) {
            // what is in force, as news may be old
            time((Breaker) source, ((Breaker) source).snapshot().settings().callTimer());
        }
    }

    private void time(Breaker breaker, CallTimer wanted) {
        if (wanted == CallTimer.OFF) {
            breaker.timeWith(null);
            remove(timers);
        } else if (timers.isEmpty()) {
            List<Timer> made = registries.stream().map(this::timer).toList();
            breaker.timeWith(nanos -> made.forEach(timer -> timer.record(nanos, TimeUnit.NANOSECONDS)));
        }
    }

    private Timer timer(MeterRegistry registry) {
        Timer timer = Timer.builder("circuit.breaker.call.duration")
                .description("Time that admitted calls take while CallTimer is ON")
                .tag(Reading.SERVICE, name())
                .publishPercentiles(0.5, 0.95, 0.99)
                .register(registry);
        timers.add(new Registered(registry, timer));
        return timer;
    }

    /** Takes the meters back. */
    synchronized void end() {
        over = true;
        stopListening.run();
        if (source instanceof Breaker breaker) {
            breaker.timeWith(null);
        }
        remove(timers);
        remove(meters);
    }

    private static void remove(List<Registered> registered) {
        registered.forEach(each -> each.registry().remove(each.meter()));
        registered.clear();
    }
}
