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
 * Stands in for calls that failed: with the last good value if one is kept, else by what was given to recover.
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
     * Keeps no values; {@code recovery} is asked each time.
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
     * Keeps values.
     *
     * @param recovery is asked where there is no value; {@code null} if the failure is to reach the caller then
     * @param key tells what a value is kept by
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
    void tuned() {
        if (lastGood != null) {
            lastGood.tune(settings());
        }
    }

    /** What the value of such a call is kept by; {@code null} if none is. */
    LastGoodValues.Key key(C context) {
        return lastGood == null ? null : guarded(() -> new LastGoodValues.Key(key.apply(context)), null);
    }

    /** A call returned this, or its stage completed with it. */
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

    /** What arguments do in {@code equals} and {@code hashCode} is no reason for a call to fail. */
    private <T> T guarded(Supplier<T> access, T otherwise) {
        try {
            return access.get();
        } catch (RuntimeException | Error thrown) {
            Message.KEY_FAILED.log(thrown, name());
            return otherwise;
        }
    }

    /** Whether it is for such a failure. */
    boolean isFor(Throwable failure) {
        return !rule.ignores(failure)
                && rule.fails(failure)
                && (failure instanceof CircuitOpenException || !settings().onlyWhenOpen());
    }

    /** The value that was kept for such a call, or {@link Recovery#NOTHING}. */
    Object kept(LastGoodValues.Key of) {
        if (lastGood == null) {
            return Recovery.NOTHING;
        }
        Object value =
                of == null ? Recovery.NOTHING : guarded(() -> lastGood.get(of, Recovery.NOTHING), Recovery.NOTHING);
        (value == Recovery.NOTHING ? misses : hits).increment();
        return value;
    }

    /**
     * What else stands in, or {@link Recovery#NOTHING}.
     *
     * @throws Exception what went wrong with that; {@code failure} is among its suppressed ones
     */
    Object recovered(C context, Throwable failure, int attempts) throws Exception {
        if (recovery == null) {
            return Recovery.NOTHING;
        }
        try {
            return recovery.recover(context, failure, attempts);
        } catch (Throwable another) {
            failedToo(another, failure);
            throw another;
        }
    }

    /** What {@link #recovered} answered stood in for the call. */
    void stoodIn() {
        handled.increment();
    }

    /** Attaches the first failure to {@code another}. */
    void failedToo(Throwable another, Throwable failure) {
        failed.increment();
        if (another != failure) {
            another.addSuppressed(failure);
        }
    }

    @Override
    public FallbackSnapshot snapshot() {
        return new FallbackSnapshot(
                name(),
                settings(),
                handled.sum(),
                failed.sum(),
                hits.sum(),
                misses.sum(),
                lastGood == null ? 0 : lastGood.size(),
                changedBy(),
                lastChange());
    }
}
