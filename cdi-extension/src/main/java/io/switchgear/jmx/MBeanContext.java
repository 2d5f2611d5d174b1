// SPDX-License-Identifier: Apache-2.0
package io.switchgear.jmx;

import io.switchgear.message.LogLimit;
import io.switchgear.store.SavedSettings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import javax.management.MBeanInfo;

/** The state that all MBeans of one application share. */
final class MBeanContext {
    private static final int MAX_AUTHORS = 100;
    static final String READ_ONLY = "switchgear.jmx.writable is false: nothing can be changed through JMX";

    private final boolean writable;
    private final SavedSettings saved;
    private final String location;
    // shared by all MBeans of a model
    private final Map<MBeanModel<?, ?>, MBeanInfo> infos = new ConcurrentHashMap<>();
    private final AtomicLong notifications = new AtomicLong();
    // the limits of the authors of refused requests, the one last used at the end
    private final Map<String, LogLimit> refusals = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, LogLimit> eldest) {
            return size() > MAX_AUTHORS;
        }
    };

    /** @param location the location that this copy of the library was loaded from */
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

    /**
     * Returns the description of all MBeans of a model.
     *
     * @param type the class of the MBeans
     */
    MBeanInfo info(MBeanModel<?, ?> model, Class<?> type) {
        return infos.computeIfAbsent(model, absent -> absent.info(type, writable, location));
    }

    /** Returns the sequence numbers of notifications. Those of one MBean rise in the order of its notifications. */
    LongSupplier numbers() {
        return notifications::incrementAndGet;
    }

    /** Returns the limit for the log lines on refused requests of an author. */
    LogLimit refusals(String author) {
        synchronized (refusals) {
            return refusals.computeIfAbsent(author, unknown -> new LogLimit());
        }
    }
}
