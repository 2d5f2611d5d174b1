package io.switchgear.jmx;

import io.switchgear.store.SavedSettings;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import javax.management.MBeanInfo;

/** What the MBeans of one application share. */
final class MBeanContext {
    static final String READ_ONLY = "switchgear.jmx.writable is false: nothing can be changed through JMX";

    private final boolean writable;
    private final SavedSettings saved;
    private final String location;
    // one for all MBeans of a model
    private final Map<MBeanModel<?, ?>, MBeanInfo> infos = new ConcurrentHashMap<>();
    private final AtomicLong notifications = new AtomicLong();

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

    /** @param type the class of the MBeans */
    MBeanInfo info(MBeanModel<?, ?> model, Class<?> type) {
        return infos.computeIfAbsent(model, absent -> absent.info(type, writable, location));
    }

    /** Returns the numbers of notifications; those of one MBean are in their order. */
    LongSupplier numbers() {
        return notifications::incrementAndGet;
    }
}
