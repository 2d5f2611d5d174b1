// SPDX-License-Identifier: Apache-2.0
package io.switchgear.runtime;

import io.switchgear.CircuitBreaker;
import io.switchgear.FailureRule;
import io.switchgear.KeyedBreakers;
import io.switchgear.breaker.Breaker;
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
 * has not changed for long enough. So there is no timer, and calls for existing keys cost nothing extra.
 */
final class KeyedBreakerPool implements KeyedBreakers {
    private static final int MAX_KEYS = 100_000;
    private static final int INSPECTIONS = 16;
    private static final String OVERFLOW_KEY = "*";
    private static final long IDLE_MILLIS = 600_000;
    /** The minimum time between sweeps while the pool is full, when many calls bring new keys. */
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** A breaker and its number of calls at the last inspection. Guarded by the lock of new keys. */
    private static final class Entry {
        final Breaker breaker;
        private long calls = -1;
        private long since;

        Entry(Breaker breaker) {
            this.breaker = breaker;
        }

        boolean isIdle(long nanos) {
            BreakerSnapshot now = breaker.snapshot();
            if (now.calls() != calls) {
                calls = now.calls();
                since = nanos;
                return false;
            }
            return nanos - since >= TimeUnit.MILLISECONDS.toNanos(idleMillis(now.settings()))
                    && now.callsInFlight() == 0
                    && now.state() == CircuitState.CLOSED
                    && now.mode() == BreakerMode.AUTOMATIC
                    && now.changedBy().isEmpty();
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
    private final ConcurrentHashMap<String, Entry> entries = new ConcurrentHashMap<>();
    private Iterator<Map.Entry<String, Entry>> sweep = Collections.emptyIterator();
    private volatile long sweptAt;
    private volatile Breaker overflow;
    private boolean overflowLogged;
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
        if (name.isBlank() || !Definition.problem(name(name, OVERFLOW_KEY)).isEmpty()) {
            throw new IllegalArgumentException("name must be 1 to 198 characters, not blank and without control"
                    + " characters, but was \"" + Text.printable(name) + "\"");
        }
        if (maxKeys < 1 || maxKeys > MAX_KEYS) {
            throw new IllegalArgumentException("maxKeys must be >= 1 and <= " + MAX_KEYS + " but was " + maxKeys
                    + ", for the keys of \"" + name + "\"");
        }
        this.definition = registry.inCode(List.of(name, name(name, OVERFLOW_KEY)), settings, rule);
        this.registry = registry;
        this.name = name;
        this.maxKeys = maxKeys;
        this.settings = settings;
        this.rule = rule;
        this.ticker = ticker;
        this.onClose = onClose;
        this.sweptAt = ticker.nanos() - PAUSE_NANOS;
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
        if (shared != null && (key.equals(OVERFLOW_KEY) || (isFull() && !isSweepDue(ticker.nanos())))) {
            return shared;
        }
        synchronized (entries) {
            if (closed) {
                throw new IllegalStateException(this + " are closed; create them again");
            }
            Entry entry = key.equals(OVERFLOW_KEY) ? null : entries.get(key);
            return entry == null ? created(key) : entry.breaker;
        }
    }

    private Breaker created(String key) {
        if (key.equals(OVERFLOW_KEY)) {
            return overflow();
        }
        long now = ticker.nanos();
        if (!isFull() || isSweepDue(now)) {
            sweep(now);
        }
        if (isFull()) {
            if (!overflowLogged) {
                overflowLogged = true;
                Message.KEYS_SHARE.log(name, Text.count(maxKeys, "key"), name(name, OVERFLOW_KEY));
            }
            return overflow();
        }
        Breaker breaker = breaker(key);
        entries.put(key, new Entry(breaker));
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
        int maxLength = 200 - name.length() - 1;
        if (key == null || key.isBlank() || !Definition.problem(name(name, key)).isEmpty()) {
            throw new IllegalArgumentException("a key of \"" + name + "\" must be 1 to " + maxLength
                    + " characters, not blank and without control characters, but was "
                    + (key == null ? "null" : "\"" + Text.printable(key) + "\""));
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
