// SPDX-License-Identifier: Apache-2.0
package io.switchgear.runtime;

import io.switchgear.CircuitBreaker;
import io.switchgear.FailureRule;
import io.switchgear.KeyedBreakers;
import io.switchgear.breaker.Breaker;
import io.switchgear.config.Configuration;
import io.switchgear.message.LogLimit;
import io.switchgear.message.Message;
import io.switchgear.message.Text;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.TripOn;
import io.switchgear.status.BreakerMode;
import io.switchgear.status.BreakerSnapshot;
import io.switchgear.status.CircuitState;
import io.switchgear.time.Ticker;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A bounded number of breakers by key. Idle ones are evicted by a clock sweep, as in the CLOCK page replacement
 * algorithm: each new key inspects up to {@value #INSPECTIONS} entries, in turn, and evicts those whose number of calls
 * has not changed for long enough. So there is no timer, and calls for existing keys cost nothing extra. A flood of
 * keys costs a sweep per millisecond at most, and each place changes its breaker once in ten minutes at most.
 *
 * <p>The state does not keep a breaker, or callers who make many keys fail would hold all places for ever. Only one
 * that still rejects calls is kept until its time in OPEN is over: an eviction never ends a rejection.
 *
 * <p>Intentional: the breaker that further keys share rejects nothing. These keys have nothing in common, so the
 * failures of one say nothing about the others; and a caller that fills the pool could shut out all further keys with a
 * few failures. Nor are they hashed to several breakers, which only lowers the number of keys that one of them shuts
 * out.
 */
final class KeyedBreakerPool implements KeyedBreakers {
    private static final int MAX_KEYS = 100_000;
    private static final int INSPECTIONS = 16;
    private static final String OVERFLOW_KEY = "*";
    private static final long IDLE_MILLIS = 600_000;
    /** The idle time after which calls in flight no longer keep a breaker, as they may never end. */
    private static final long HANGING_MILLIS = 3_600_000;

    private static final String OBSERVED = "keys without a breaker of their own share it";
    private static final long LOG_PAUSE_NANOS = TimeUnit.HOURS.toNanos(1);
    /** The minimum time between sweeps while the pool is full, when many calls bring new keys. */
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** A breaker and its number of calls at the last inspection. Guarded by the lock of new keys. */
    private static final class Entry {
        final Breaker breaker;
        private long calls;
        private long since;

        Entry(Breaker breaker, long nanos) {
            this.breaker = breaker;
            this.since = nanos;
        }

        boolean isIdle(long nanos) {
            BreakerSnapshot now = breaker.peek();
            if (now.calls() != calls) {
                calls = now.calls();
                since = nanos;
                return false;
            }
            long idle = TimeUnit.NANOSECONDS.toMillis(nanos - since);
            return idle >= idleMillis(now.settings())
                    && now.waitingCalls() == 0
                    && (now.callsInFlight() == 0 || idle >= HANGING_MILLIS)
                    && now.state() != CircuitState.OPEN
                    && now.mode() == BreakerMode.AUTOMATIC
                    && now.changedBy().isEmpty()
                    && now.rehearsal() == null;
        }

        /** Returns the idle time before an eviction; at least as long as outcomes count. */
        private static long idleMillis(BreakerSettings settings) {
            return Math.max(IDLE_MILLIS, settings.tripOn() == TripOn.TIME_WINDOW ? settings.windowMillis() : 0);
        }
    }

    private final Registry registry;
    private final String name;
    private final int maxKeys;
    private final BreakerSettings settings;
    private final FailureRule rule;
    private final Definition<BreakerSettings> definition;
    private final Ticker ticker;
    private final Consumer<KeyedBreakerPool> onClose;
    private final LogLimit logLimit = new LogLimit();
    private final ConcurrentHashMap<String, Entry> entries = new ConcurrentHashMap<>();
    private Iterator<Map.Entry<String, Entry>> sweep = Collections.emptyIterator();
    private volatile long sweptAt;
    private volatile Breaker overflow;
    private Runnable stopObserving;
    private long logDue;
    private boolean closed;

    /** @throws IllegalArgumentException as {@link io.switchgear.CircuitBreakers#perKey} does */
    KeyedBreakerPool(
            Registry registry,
            String name,
            int maxKeys,
            BreakerSettings settings,
            FailureRule rule,
            Ticker ticker,
            Consumer<KeyedBreakerPool> onClose) {
        if (name == null || !Text.isVisible(name) || name.length() > Definition.MAX_NAME_LENGTH - 2) {
            throw new IllegalArgumentException("name must be 1 to 198 characters, not blank and without control or"
                    + " invisible characters, but was " + Text.quoted(name));
        }
        Definition.checkName(name);
        if (maxKeys < 1 || maxKeys > MAX_KEYS) {
            throw new IllegalArgumentException("maxKeys must be >= 1 and <= " + MAX_KEYS + " but was " + maxKeys
                    + ", for the keys of \"" + name + "\"");
        }
        this.definition = registry.inCode(List.of(name, name(name, OVERFLOW_KEY)), settings, rule);
        int windowCalls = definition.settings().windowCalls();
        if ((long) maxKeys * windowCalls > BreakerSettings.MAX_TOTAL_WINDOW_CALLS) {
            throw new IllegalArgumentException("maxKeys times windowCalls must be <= "
                    + BreakerSettings.MAX_TOTAL_WINDOW_CALLS + " but was " + maxKeys + " times " + windowCalls
                    + ", for the keys of \"" + name + "\"; lower one of them");
        }
        this.registry = registry;
        this.name = name;
        this.maxKeys = maxKeys;
        this.settings = settings;
        this.rule = rule;
        this.ticker = ticker;
        this.onClose = onClose;
        this.logDue = ticker.nanos();
        this.sweptAt = logDue - PAUSE_NANOS;
    }

    private static String name(String pool, String key) {
        return pool + "/" + key;
    }

    /** @throws IllegalArgumentException if both cannot share a name; the message gives the reason */
    void checkAgrees(KeyedBreakerPool other) {
        if (maxKeys != other.maxKeys) {
            throw new IllegalArgumentException("name \"" + name + "\" is that of breakers by key with maxKeys "
                    + maxKeys + " there, " + other.maxKeys + " here; make them equal or choose another name");
        }
        other.definition.checkAgrees(definition);
    }

    /** Returns the maximum of the call windows that its breakers would have together. */
    long windowCalls(Configuration next) {
        return maxKeys * Configured.windowCalls(definition, next);
    }

    /** Returns the limit of log lines about transitions, as callers may make many keys fail. */
    LogLimit logLimit() {
        return logLimit;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public CircuitBreaker of(String key) {
        Entry present = key == null ? null : entries.get(key);
        return present == null ? ofNew(key) : present.breaker;
    }

    private CircuitBreaker ofNew(String key) {
        check(key);
        Breaker shared = overflow;
        if (shared != null && isFull() && !isSweepDue(ticker.nanos())) {
            return shared;
        }
        Breaker found;
        boolean first;
        synchronized (entries) {
            if (closed) {
                throw new IllegalStateException(this + " are closed; create them again");
            }
            Entry entry = entries.get(key);
            found = entry == null ? created(key) : entry.breaker;
            first = found == overflow && stopObserving == null;
            if (first) {
                stopObserving = observe(found);
            }
        }
        if (first) {
            // outside the lock, as listeners of the application are called
            found.by(toString()).observe(OBSERVED);
        }
        return found;
    }

    /** Lets an operator force a breaker, but not let it decide. */
    private Runnable observe(Breaker shared) {
        return shared.listenFirst(transition -> {
            if (transition.mode() == BreakerMode.AUTOMATIC && shared.peek().mode() == BreakerMode.AUTOMATIC) {
                shared.by(toString()).observe(OBSERVED);
            }
        });
    }

    private Breaker created(String key) {
        long now = ticker.nanos();
        if (!isFull() || isSweepDue(now)) {
            sweep(now);
        }
        if (isFull()) {
            if (now - logDue >= 0) {
                logDue = now + LOG_PAUSE_NANOS;
                Message.KEYS_SHARE.log(name, Text.count(maxKeys, "key"), name(name, OVERFLOW_KEY));
            }
            return overflow();
        }
        Breaker breaker = breaker(key);
        entries.put(key, new Entry(breaker, now));
        return breaker;
    }

    private Breaker overflow() {
        if (overflow == null) {
            overflow = breaker(OVERFLOW_KEY);
        }
        return overflow;
    }

    private Breaker breaker(String key) {
        return registry.breakerInCode(List.of(name, name(name, key)), settings, rule, this);
    }

    private void check(String key) {
        int maxLength = Definition.MAX_NAME_LENGTH - name.length() - 1;
        if (key == null || key.length() > maxLength || !Text.isVisible(key) || key.equals(OVERFLOW_KEY)) {
            throw new IllegalArgumentException("a key of \"" + name + "\" must be 1 to " + maxLength
                    + " characters, not blank, not * and without control or invisible characters, but was "
                    + Text.quoted(key));
        }
    }

    private boolean isFull() {
        return entries.size() >= maxKeys;
    }

    private boolean isSweepDue(long nanos) {
        return nanos - sweptAt >= PAUSE_NANOS;
    }

    /** Inspects some entries, each at most once, and evicts the idle ones. */
    private void sweep(long nanos) {
        sweptAt = nanos;
        int left = Math.min(INSPECTIONS, entries.size());
        while (left-- > 0) {
            if (!sweep.hasNext()) {
                sweep = entries.entrySet().iterator();
            }
            if (!sweep.hasNext()) {
                return;
            }
            Map.Entry<String, Entry> next = sweep.next();
            if (next.getValue().isIdle(nanos)) {
                remove(next.getKey(), next.getValue());
            }
        }
    }

    private void remove(String key, Entry entry) {
        // the iterator may return an entry that has been removed and replaced
        if (entries.remove(key, entry)) {
            registry.release(name(name, key), this);
        }
    }

    @Override
    public boolean remove(String key) {
        synchronized (entries) {
            Entry entry = key == null ? null : entries.get(key);
            if (entry == null) {
                return false;
            }
            remove(key, entry);
            return true;
        }
    }

    @Override
    public void close() {
        // first, so that no caller gets a pool that is being closed
        onClose.accept(this);
        synchronized (entries) {
            closed = true;
            Map.copyOf(entries).forEach(this::remove);
            sweep = Collections.emptyIterator();
            if (overflow != null) {
                stopObserving.run();
                stopObserving = null;
                registry.release(name(name, OVERFLOW_KEY), this);
                overflow = null;
            }
        }
    }

    @Override
    public String toString() {
        return "the breakers by key \"" + name + "\"";
    }
}
