package io.switchgear.jmx;

import io.switchgear.CircuitBreaker;
import io.switchgear.message.Message;
import io.switchgear.message.Text;
import io.switchgear.settings.NamedSetting;
import io.switchgear.settings.Tunable;
import io.switchgear.store.SavedSettings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import javax.management.MBeanInfo;
import javax.management.Notification;

/** What the MBeans of one application have in common. */
final class MBeanContext {
    static final String READ_ONLY = "switchgear.jmx.writable is false: nothing can be changed through JMX";

    private final boolean writable;
    private final SavedSettings saved;
    private final String location;
    // one for all MBeans of a kind
    private final Map<String, MBeanInfo> infos = new ConcurrentHashMap<>();
    private final Map<String, BreakerMBean> breakers = new ConcurrentSkipListMap<>();
    private final Set<LayerMBean<?>> layers = ConcurrentHashMap.newKeySet();
    private final AtomicLong notices = new AtomicLong();
    private final ApplicationMBean application = new ApplicationMBean(this);

    /** @param location where this copy of the library was loaded from */
    MBeanContext(boolean writable, SavedSettings saved, String location) {
        this.writable = writable;
        this.saved = saved;
        this.location = location;
    }

    boolean writable() {
        return writable;
    }

    SavedSettings saved() {
        return saved;
    }

    MBeanInfo info(MBeanModel<?, ?> vocabulary) {
        return infos.computeIfAbsent(vocabulary.kind(), kind -> vocabulary.info(writable, location));
    }

    /** Numbers notifications; those of one breaker in their order. */
    LongSupplier numbers() {
        return notices::incrementAndGet;
    }

    void add(BreakerMBean breaker) {
        breakers.put(breaker.name(), breaker);
    }

    void add(LayerMBean<?> layer) {
        layers.add(layer);
    }

    void remove(TunableMBean<?, ?> face) {
        layers.remove(face);
        breakers.remove(face.name(), face);
    }

    /** What shows {@code tunable}, or {@code null}; found by its name, as there may be very many breakers. */
    TunableMBean<?, ?> faceOf(Tunable<?> tunable) {
        BreakerMBean breaker = breakers.get(tunable.name());
        if (breaker != null && breaker.tunable() == tunable) {
            return breaker;
        }
        return layers.stream()
                .filter(layer -> layer.tunable() == tunable)
                .findFirst()
                .orElse(null);
    }

    Collection<BreakerMBean> breakers() {
        return breakers.values();
    }

    /** All that can be tuned. */
    List<TunableMBean<?, ?>> all() {
        List<TunableMBean<?, ?>> all = new ArrayList<>(breakers.values());
        all.addAll(layers);
        return all;
    }

    /**
     * Those whose names match.
     *
     * @throws IllegalArgumentException if none does
     */
    List<CircuitBreaker> breakers(NamePattern names) {
        List<CircuitBreaker> matching = breakers().stream()
                .map(BreakerMBean::breaker)
                .filter(breaker -> names.test(breaker.name()))
                .toList();
        if (matching.isEmpty()) {
            throw new IllegalArgumentException(
                    "no breaker has a name like " + Text.printable(names.pattern()) + "; there are " + breakers.size()
                            + ", see Overview; * stands for any text and ? for one character");
        }
        return matching;
    }

    /** What is not as configured, as configuration. */
    String export() {
        List<String> lines = NamedSetting.lines(SavedSettings.changes(tunables()));
        return lines.isEmpty() ? "# all is as configured" : String.join("\n", lines);
    }

    String save() {
        String done = saved.save(tunables());
        Message.CHANGED.log(application.name(), done, Caller.current());
        return done;
    }

    String[] forget(NamePattern names) {
        Set<String> forgotten = saved.forget(names);
        Message.CHANGED.log(application.name(), "forgot what was saved for " + forgotten, Caller.current());
        return forgotten.toArray(String[]::new);
    }

    private List<Tunable<?>> tunables() {
        List<Tunable<?>> tunables = new ArrayList<>();
        all().forEach(face -> tunables.add(face.tunable()));
        return tunables;
    }

    ApplicationMBean application() {
        return application;
    }

    void tell(Notification notice) {
        application.tell(notice);
    }
}
