package io.switchgear.guard;

import io.switchgear.CircuitOpenException;
import io.switchgear.FailureRule;
import io.switchgear.Fallbacks;
import io.switchgear.message.Message;
import io.switchgear.settings.FallbackSettings;
import io.switchgear.status.FallbackSnapshot;
import java.time.InstantSource;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Replaces failed calls: by the last good value if one is kept, else by the value of its {@link Recovery}.
 *
 * @param <C> what is known of a call, such as an interceptor's context
 */
public final class Fallback<C> extends TunableLayer<FallbackSettings> implements Fallbacks {
    private final FailureRule rule;
    private final String description;
    private final Recovery<? super C> recovery;
    private final LastGoodValues lastGood;
    private final Function<? super C, Object[]> key;
    private final LongAdder handled = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();

    /**
     * Creates a fallback that keeps no values.
     *
     * @param description of {@code recovery}, in words
     */
    public Fallback(
            String name,
            FallbackSettings settings,
            FailureRule rule,
            String description,
            Recovery<? super C> recovery) {
        this(name, settings, rule, description, recovery, null, null);
    }

    /**
     * Creates a fallback that keeps values.
     *
     * @param recovery used where no value is kept; {@code null} if the caller gets the failure then
     * @param key returns the key of a call's value
     */
    public Fallback(
            String name,
            FallbackSettings settings,
            FailureRule rule,
            String description,
            Recovery<? super C> recovery,
            LastGoodValues lastGood,
            Function<? super C, Object[]> key) {
        super(name, settings, InstantSource.system());
        this.rule = rule;
        String kept = lastGood == null ? "" : "last good value";
        this.description = kept + (kept.isEmpty() || description.isEmpty() ? "" : ", then ") + description;
        this.recovery = recovery;
        this.lastGood = lastGood;
        this.key = key;
    }

    @Override
    public FailureRule rule() {
        return rule;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    void settingsChanged() {
        if (lastGood != null) {
            lastGood.tune(settings());
        }
    }

    /** Returns the key of such a call; {@code null} if no value is kept. */
    LastGoodValues.Key key(C context) {
        return lastGood == null ? null : guarded(() -> new LastGoodValues.Key(key.apply(context)), null);
    }

    /** Keeps the value of a call that succeeded. */
    void succeeded(LastGoodValues.Key of, Object value) {
        if (of != null) {
            guarded(
                    () -> {
                        lastGood.put(of, value);
                        return null;
                    },
                    null);
        }
    }

    /** Runs code of arguments, {@code equals} and {@code hashCode}: if that throws, the call must not fail. */
    private <T> T guarded(Supplier<T> access, T otherwise) {
        try {
            return access.get();
        } catch (RuntimeException | Error thrown) {
            Message.KEY_FAILED.log(thrown, name());
            return otherwise;
        }
    }

    /** Returns whether it replaces such a failure. */
    boolean appliesTo(Throwable failure) {
        return !rule.ignores(failure)
                && rule.fails(failure)
                && (failure instanceof CircuitOpenException || !settings().onlyWhenOpen());
    }

    /** Returns the value that is kept for such a call, or {@link Recovery#NOTHING}. */
    Object lastGood(LastGoodValues.Key of) {
        if (lastGood == null) {
            return Recovery.NOTHING;
        }
        Object value =
                of == null ? Recovery.NOTHING : guarded(() -> lastGood.get(of, Recovery.NOTHING), Recovery.NOTHING);
        (value == Recovery.NOTHING ? misses : hits).increment();
        return value;
    }

    /**
     * Returns the value of the recovery, or {@link Recovery#NOTHING}.
     *
     * @throws Exception what the recovery threw, with {@code failure} among its suppressed ones
     */
    Object recover(C context, Throwable failure, int attempts) throws Exception {
        if (recovery == null) {
            return Recovery.NOTHING;
        }
        try {
            return recovery.recover(context, failure, attempts);
        } catch (Throwable another) {
            failed(another, failure);
            throw another;
        }
    }

    /** Counts a call whose caller gets the value of the recovery. */
    void handled() {
        handled.increment();
    }

    /** Counts a call whose recovery failed too, and attaches the first failure to {@code another}. */
    void failed(Throwable another, Throwable failure) {
        failed.increment();
        if (another != failure) {
            another.addSuppressed(failure);
        }
    }

    @Override
    public FallbackSnapshot snapshot() {
        return new Snapshot();
    }

    private final class Snapshot extends LayerSnapshot implements FallbackSnapshot {
        private final long handled = Fallback.this.handled.sum();
        private final long failed = Fallback.this.failed.sum();
        private final long lastGoodHits = hits.sum();
        private final long lastGoodMisses = misses.sum();
        private final long lastGoodValues = lastGood == null ? 0 : lastGood.size();

        @Override
        public long handled() {
            return handled;
        }

        @Override
        public long failed() {
            return failed;
        }

        @Override
        public long lastGoodHits() {
            return lastGoodHits;
        }

        @Override
        public long lastGoodMisses() {
            return lastGoodMisses;
        }

        @Override
        public long lastGoodValues() {
            return lastGoodValues;
        }
    }
}
