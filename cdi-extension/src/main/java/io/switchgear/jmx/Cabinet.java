package io.switchgear.jmx;

import io.switchgear.BreakerSetting;
import io.switchgear.CircuitBreaker;
import io.switchgear.message.Message;
import io.switchgear.message.Text;
import io.switchgear.store.SavedSettings;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import javax.management.MBeanInfo;
import javax.management.Notification;

/** What the MBeans of one application have in common. */
final class Cabinet {
    static final String READ_ONLY = "switchgear.jmx.writable is false: nothing can be changed through JMX";

    private final boolean writable;
    private final SavedSettings saved;
    private final MBeanInfo breakerInfo;
    private final MBeanInfo applicationInfo;
    private final Map<String, BreakerMBean> breakers = new ConcurrentSkipListMap<>();
    private final AtomicLong notices = new AtomicLong();
    private final ApplicationMBean application = new ApplicationMBean(this);

    /** @param location where this copy of the library was loaded from */
    Cabinet(boolean writable, SavedSettings saved, String location) {
        this.writable = writable;
        this.saved = saved;
        this.breakerInfo = BreakerMBean.VOCABULARY.info(writable, location);
        this.applicationInfo = ApplicationMBean.VOCABULARY.info(writable, location);
    }

    boolean writable() {
        return writable;
    }

    SavedSettings saved() {
        return saved;
    }

    MBeanInfo breakerInfo() {
        return breakerInfo;
    }

    MBeanInfo applicationInfo() {
        return applicationInfo;
    }

    /** Numbers notifications; those of one breaker in their order. */
    LongSupplier numbers() {
        return notices::incrementAndGet;
    }

    void add(BreakerMBean breaker) {
        breakers.put(breaker.name(), breaker);
    }

    Collection<BreakerMBean> breakers() {
        return breakers.values();
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
        List<String> lines = BreakerSetting.lines(SavedSettings.changes(all()));
        return lines.isEmpty() ? "# all is as configured" : String.join("\n", lines);
    }

    String save() {
        String done = saved.save(all());
        Message.CHANGED.log(application.name(), done, Caller.current());
        return done;
    }

    String[] forget(NamePattern names) {
        Set<String> forgotten = saved.forget(names);
        Message.CHANGED.log(application.name(), "forgot what was saved for " + forgotten, Caller.current());
        return forgotten.toArray(String[]::new);
    }

    private List<CircuitBreaker> all() {
        return breakers().stream().map(BreakerMBean::breaker).toList();
    }

    ApplicationMBean application() {
        return application;
    }

    void tell(Notification notice) {
        application.tell(notice);
    }
}
