package io.switchgear.runtime;

import io.switchgear.CircuitBreaker;
import io.switchgear.FailureRule;
import io.switchgear.KeyedBreakers;
import io.switchgear.breaker.Breaker;
import io.switchgear.breaker.Ticker;
import io.switchgear.message.Message;
import io.switchgear.message.Text;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.TripOn;
import io.switchgear.status.BreakerMode;
import io.switchgear.status.BreakerSnapshot;
import io.switchgear.status.CircuitState;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Breakers by key, at most so many. Who brings a new key looks at a few of those that there are, one after the other in
 * turn, as the hand of a clock goes round: one that shows the same number of calls as when the hand came by before,
 * long enough ago, has been idle and may go. So there is no timer, and a call for a key that is there pays nothing.
 */
final class KeyedBreakerPool implements KeyedBreakers {
    private static final int MOST = 100_000;
    private static final int LOOKS = 16;
    private static final String BEYOND = "*";
    private static final long IDLE_MILLIS = 600_000;
    /** While there is no room, keys beyond are many calls; the hand moves no more often than this for them. */
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** A breaker and when it showed how many calls. Guarded by the lock of those who bring new keys. */
    private static final class Seat {
        final Breaker breaker;
        private long calls = -1;
        private long since;

        Seat(Breaker breaker) {
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

        /** No shorter than the outcomes count. */
        private static long idleMillis(BreakerSettings settings) {
            return Math.max(IDLE_MILLIS, settings.tripOn() == TripOn.TIME_WINDOW ? settings.windowMillis() : 0);
        }
    }

    private final Registry registry;
    private final String name;
    private final int most;
    private final BreakerSettings settings;
    private final FailureRule rule;
    private final Definition<BreakerSettings> definition;
    private final Ticker ticker;
    private final ConcurrentHashMap<String, Seat> seats = new ConcurrentHashMap<>();
    private Iterator<Map.Entry<String, Seat>> hand = Collections.emptyIterator();
    private volatile long lookedAt;
    private volatile Breaker beyond;
    private boolean told;
    private boolean closed;

    /** @throws IllegalArgumentException as {@link io.switchgear.CircuitBreakers#perKey} does */
    KeyedBreakerPool(
            Registry registry, String name, int most, BreakerSettings settings, FailureRule rule, Ticker ticker) {
        if (name.isBlank() || !Definition.problem(name(name, BEYOND)).isEmpty()) {
            throw new IllegalArgumentException("name must be 1 to 198 characters, not blank and without control"
                    + " characters, but was \"" + Text.printable(name) + "\"");
        }
        if (most < 1 || most > MOST) {
            throw new IllegalArgumentException(
                    "most must be >= 1 and <= " + MOST + " but was " + most + ", for the keys of \"" + name + "\"");
        }
        this.definition = registry.inCode(List.of(name, name(name, BEYOND)), settings, rule);
        this.registry = registry;
        this.name = name;
        this.most = most;
        this.settings = settings;
        this.rule = rule;
        this.ticker = ticker;
        this.lookedAt = ticker.nanos() - PAUSE_NANOS;
    }

    private static String name(String all, String key) {
        return all + "/" + key;
    }

    /** @throws IllegalArgumentException if both cannot have one name; says why */
    void checkAgrees(KeyedBreakerPool other) {
        if (most != other.most) {
            throw new IllegalArgumentException("name \"" + name + "\" is that of breakers by key with most " + most
                    + " there, " + other.most + " here; make them equal or choose another name");
        }
        if (!definition.agreesWith(other.definition)) {
            throw new IllegalArgumentException(other.definition.disagreement(definition));
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public CircuitBreaker of(String key) {
        Seat present = key == null ? null : seats.get(key);
        return present == null ? ofNew(key) : present.breaker;
    }

    private CircuitBreaker ofNew(String key) {
        check(key);
        Breaker shared = beyond;
        if (shared != null && (key.equals(BEYOND) || (isFull() && !isTimeToLook(ticker.nanos())))) {
            return shared;
        }
        synchronized (seats) {
            if (closed) {
                throw new IllegalStateException(this + " are closed; make them again");
            }
            Seat seat = key.equals(BEYOND) ? null : seats.get(key);
            return seat == null ? made(key) : seat.breaker;
        }
    }

    private Breaker made(String key) {
        if (key.equals(BEYOND)) {
            return beyond();
        }
        long now = ticker.nanos();
        if (!isFull() || isTimeToLook(now)) {
            look(now);
        }
        if (isFull()) {
            if (!told) {
                told = true;
                Message.KEYS_SHARE.log(name, most, name(name, BEYOND));
            }
            return beyond();
        }
        Breaker breaker = breaker(key);
        seats.put(key, new Seat(breaker));
        return breaker;
    }

    private Breaker beyond() {
        if (beyond == null) {
            beyond = breaker(BEYOND);
        }
        return beyond;
    }

    private Breaker breaker(String key) {
        return registry.breakerFor(List.of(name, name(name, key)), settings, rule, this);
    }

    private void check(String key) {
        int longest = 200 - name.length() - 1;
        if (key == null || key.isBlank() || !Definition.problem(name(name, key)).isEmpty()) {
            throw new IllegalArgumentException("a key of \"" + name + "\" must be 1 to " + longest
                    + " characters, not blank and without control characters, but was "
                    + (key == null ? "null" : "\"" + Text.printable(key) + "\""));
        }
    }

    private boolean isFull() {
        return seats.size() >= most;
    }

    private boolean isTimeToLook(long nanos) {
        return nanos - lookedAt >= PAUSE_NANOS;
    }

    /** Moves the hand on, once round at most. */
    private void look(long nanos) {
        lookedAt = nanos;
        int left = Math.min(LOOKS, seats.size());
        while (left-- > 0) {
            if (!hand.hasNext()) {
                hand = seats.entrySet().iterator();
            }
            if (!hand.hasNext()) {
                return;
            }
            Map.Entry<String, Seat> next = hand.next();
            if (next.getValue().isIdle(nanos)) {
                removed(next.getKey(), next.getValue());
            }
        }
    }

    private void removed(String key, Seat seat) {
        // the hand may point to one that has gone, and has a successor
        if (seats.remove(key, seat)) {
            registry.release(name(name, key), this);
        }
    }

    @Override
    public boolean remove(String key) {
        synchronized (seats) {
            Seat seat = key == null ? null : seats.get(key);
            if (seat == null) {
                return false;
            }
            removed(key, seat);
            return true;
        }
    }

    @Override
    public void close() {
        // first, so that nobody gets what is being closed
        registry.closed(this);
        synchronized (seats) {
            closed = true;
            Map.copyOf(seats).forEach(this::removed);
            hand = Collections.emptyIterator();
            if (beyond != null) {
                registry.release(name(name, BEYOND), this);
                beyond = null;
            }
        }
    }

    @Override
    public String toString() {
        return "the breakers by key \"" + name + "\"";
    }
}
