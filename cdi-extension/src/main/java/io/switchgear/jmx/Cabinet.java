package io.switchgear.jmx;

import io.switchgear.BreakerSetting;
import io.switchgear.CircuitBreaker;
import io.switchgear.message.Message;
import io.switchgear.store.SavedSettings;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import javax.management.MBeanInfo;
import javax.management.Notification;

/** What the MBeans of one application have in common. */
final class Cabinet {
    static final String READ_ONLY = "switchgear.jmx.writable is false: nothing can be changed through JMX";

    private final boolean writable;
    private final SavedSettings saved;
    private final String archive;
    private final Map<Vocabulary<?, ?>, MBeanInfo> infos = new ConcurrentHashMap<>();
    private final Map<String, BreakerMBean> breakers = new ConcurrentSkipListMap<>();
    private final AtomicLong notices = new AtomicLong();
    private final ApplicationMBean application = new ApplicationMBean(this);

    Cabinet(boolean writable, SavedSettings saved, String archive) {
        this.writable = writable;
        this.saved = saved;
        this.archive = archive;
    }

    boolean writable() {
        return writable;
    }

    SavedSettings saved() {
        return saved;
    }

    /** One for all of a kind. */
    MBeanInfo info(Vocabulary<?, ?> vocabulary) {
        return infos.computeIfAbsent(vocabulary, each -> each.info(writable, archive));
    }

    /** Numbers notifications in the order in which they are sent. */
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
    List<CircuitBreaker> breakers(Pattern names) {
        List<CircuitBreaker> matching = breakers().stream()
                .map(BreakerMBean::breaker)
                .filter(breaker -> names.matcher(breaker.name()).matches())
                .toList();
        if (matching.isEmpty()) {
            throw new IllegalArgumentException("no breaker has a name like that; there are " + breakers.size()
                    + ", see the attribute Breakers; * stands for any text and ? for one character");
        }
        return matching;
    }

    /** What is not as configured, as configuration. */
    String export() {
        return String.join("\n", BreakerSetting.lines(SavedSettings.changes(all())));
    }

    String save() {
        String done = saved.save(all());
        Message.CHANGED.log(application.name(), done, Caller.current());
        return done;
    }

    String[] forget(Pattern names) {
        Set<String> forgotten = saved.forget(name -> names.matcher(name).matches());
        Message.CHANGED.log(application.name(), "forgot what was saved for " + forgotten, Caller.current());
        return forgotten.toArray(String[]::new);
    }

    private List<CircuitBreaker> all() {
        return breakers().stream().map(BreakerMBean::breaker).toList();
    }

    /** When the application stops. */
    void stopping() {
        saved.stopping(all());
    }

    ApplicationMBean application() {
        return application;
    }

    void tell(Notification notice) {
        application.tell(notice);
    }
}
