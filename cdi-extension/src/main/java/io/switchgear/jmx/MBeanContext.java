// SPDX-License-Identifier: Apache-2.0
package io.switchgear.jmx;

import io.switchgear.event.FewThreads;
import io.switchgear.message.LogLimit;
import io.switchgear.store.SavedSettings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import javax.management.MBeanInfo;

/** The state that all MBeans of one application share. */
final class MBeanContext {
    private static final int MAX_AUTHORS = 100;
    private static final long MINUTE_NANOS = 60_000_000_000L;
    static final int MAX_CHANGES = 1_000;
    static final String TOO_MANY = "you have made " + MAX_CHANGES + " changes within a minute, the maximum, as each is"
            + " a line of the audit log; wait, or change many breakers with one request";
    static final String READ_ONLY = "switchgear.jmx.writable is false: nothing can be changed through JMX";

    private final boolean writable;
    private final SavedSettings saved;
    private final String location;
    // shared by all MBeans of a model
    private final Map<MBeanModel<?, ?>, MBeanInfo> infos = new ConcurrentHashMap<>();
    private final FewThreads threads;
    private final LongAdder dropped = new LongAdder();
    private final LogLimit removals = new LogLimit();
    private volatile Following following = Following.NOTHING;
    // guarded by this
    private long notifications;
    // the one last used at the end
    private final Map<String, Author> authors = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Author> eldest) {
            return size() > MAX_AUTHORS;
        }
    };

    /**
     * @param location the location that this copy of the library was loaded from
     * @param threads provides a separate thread for each task
     */
    MBeanContext(boolean writable, SavedSettings saved, String location, Executor threads) {
        this.threads = new FewThreads(threads);
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

    Following following() {
        return following;
    }

    void following(Following configuration) {
        following = configuration;
    }

    /**
     * Returns the description of all MBeans of a model.
     *
     * @param type the class of the MBeans
     */
    MBeanInfo info(MBeanModel<?, ?> model, Class<?> type) {
        return infos.computeIfAbsent(model, absent -> absent.info(type, writable, location));
    }

    /** Returns the sequence numbers of notifications. They are to be used under the lock of this object. */
    LongSupplier numbers() {
        return () -> ++notifications;
    }

    /** Returns the threads that deliver notifications. */
    FewThreads threads() {
        return threads;
    }

    /** Counts a notification that was dropped, as too many were waiting for its listener. */
    void dropped() {
        dropped.increment();
    }

    long notificationsDropped() {
        return dropped.sum();
    }

    /** Returns the limit for the log lines on MBeans that other code has unregistered. */
    LogLimit removals() {
        return removals;
    }

    private Author author(String author) {
        synchronized (authors) {
            return authors.computeIfAbsent(author, unknown -> new Author());
        }
    }

    /** Returns the limit for the log lines on refused requests of an author. */
    LogLimit refusals(String author) {
        return author(author).refusals;
    }

    /** Returns why an author may change nothing now; {@code null} if nothing is in the way. */
    String refusal(String author) {
        if (!writable) {
            return READ_ONLY;
        }
        return author(author).changesNow(0) >= MAX_CHANGES ? TOO_MANY : null;
    }

    /** Counts an accepted request of an author. */
    void changed(String author) {
        author(author).changesNow(1);
    }

    /** The author of requests. */
    private static final class Author {
        private final LogLimit refusals = new LogLimit();
        private long began = System.nanoTime();
        private int changes;

        /** Returns the number of changes in this minute, after {@code more} of them. */
        synchronized int changesNow(int more) {
            long now = System.nanoTime();
            if (now - began >= MINUTE_NANOS) {
                began = now;
                changes = 0;
            }
            changes += more;
            return changes;
        }
    }
}
