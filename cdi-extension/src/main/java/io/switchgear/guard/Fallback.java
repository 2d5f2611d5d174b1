// SPDX-License-Identifier: Apache-2.0
package io.switchgear.guard;

import io.switchgear.CircuitOpenException;
import io.switchgear.FailureRule;
import io.switchgear.Fallbacks;
import io.switchgear.message.LogLimit;
import io.switchgear.message.Message;
import io.switchgear.settings.FallbackSettings;
import io.switchgear.status.FallbackSnapshot;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Replaces failed calls: by the last good value if there is one, otherwise by the value of its {@link Recovery}.
 *
 * @param <C> the context of a call, such as an interceptor's context
 */
public final class Fallback<C> extends TunableLayer<FallbackSettings> implements Fallbacks {
    private final FailureRule rule;
    // the rule that decides: rejections count as failures here
    private final FailureRule applies;
    private final String description;
    private final Recovery<? super C> recovery;
    private final LastGoodValues lastGood;
    private final Function<? super C, Object[]> key;
    private final AtomicBoolean notKept = new AtomicBoolean();
    private final AtomicBoolean keyRefused = new AtomicBoolean();
    private final LongAdder handled = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LogLimit keyFailures = new LogLimit();

    /**
     * Creates a fallback without last good values.
     *
     * @param description describes {@code recovery}, for operators
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
     * Creates a fallback with last good values.
     *
     * @param recovery used if there is no last good value; {@code null} to throw the failure
     * @param key returns the key of a call's last good value
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
        this.applies = namingRejections(rule);
        String kept = lastGood == null ? "" : "last good value";
        this.description = kept + (kept.isEmpty() || description.isEmpty() ? "" : ", then ") + description;
        this.recovery = recovery;
        this.lastGood = lastGood;
        this.key = key;
    }

    /** Returns a rule that names rejections if the given one includes them. */
    private static FailureRule namingRejections(FailureRule rule) {
        if (rule.listsAlone()
                || rule.failOn().stream().noneMatch(type -> type.isAssignableFrom(CircuitOpenException.class))) {
            return rule;
        }
        List<Class<? extends Throwable>> named = new ArrayList<>(rule.failOn());
        named.add(CircuitOpenException.class);
        return new FailureRule(named, rule.skipOn());
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
            // so that the latest settings are applied last
            synchronized (lastGood) {
                lastGood.settingsChanged(settings());
            }
        }
    }

    /** Returns the key of a call's last good value; {@code null} if the value of this call is not kept. */
    ArgumentKey key(C context) {
        return lastGood == null || !settings().enabled() ? null : guarded(() -> copied(key.apply(context)), null);
    }

    private ArgumentKey copied(Object[] arguments) {
        try {
            return new ArgumentKey(arguments);
        } catch (ArgumentKey.RefusedException refused) {
            if (keyRefused.compareAndSet(false, true)) {
                Message.KEY_REFUSED.log(name(), refused.getMessage());
            }
            return null;
        }
    }

    /**
     * Stores the value of a successful call, if it can be used more than once; does nothing if the key is {@code null}.
     */
    void succeeded(ArgumentKey of, Object value) {
        if (of != null && settings().enabled()) {
            guarded(
                    () -> {
                        store(of, value);
                        return null;
                    },
                    null);
        }
    }

    private void store(ArgumentKey of, Object value) {
        if (!ResultTypes.isUsedOnce(value)) {
            lastGood.put(of, value);
        } else if (notKept.compareAndSet(false, true)) {
            Message.VALUE_NOT_KEPT.log(name(), value.getClass().getName());
        }
    }

    /** Runs methods of arguments and values. If they throw, whatever it is, this is logged and the call goes on. */
    private <T> T guarded(Supplier<T> access, T otherwise) {
        try {
            return access.get();
        } catch (Throwable thrown) {
            keyFailures.log(thrown, Message.KEY_FAILED, name());
            return otherwise;
        }
    }

    /** Returns whether there is a method or a handler, besides last good values. */
    boolean recovers() {
        return recovery != null;
    }

    /** Returns whether this fallback applies to a failure. */
    boolean appliesTo(Throwable failure) {
        return settings().enabled()
                && !applies.ignores(failure)
                && applies.fails(failure)
                && (isRejection(FailureRule.unwrapped(failure)) || !settings().onlyWhenOpen());
    }

    /** Returns whether an exception is a rejection, or replaces one, which is its cause. */
    private static boolean isRejection(Throwable failure) {
        return failure instanceof CircuitOpenException || failure.getCause() instanceof CircuitOpenException;
    }

    /** Returns the last good value of this key, or {@link Recovery#NOTHING}. */
    Object lastGood(ArgumentKey of) {
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
     * @throws Exception the exception of the recovery, with {@code failure} suppressed in it
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

    /** Counts a call whose recovery failed too, and adds {@code failure} to {@code another} as suppressed. */
    void failed(Throwable another, Throwable failure) {
        failed.increment();
        Suppressed.add(another, failure);
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
