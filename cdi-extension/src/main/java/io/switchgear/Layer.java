// SPDX-License-Identifier: Apache-2.0
package io.switchgear;

import io.switchgear.settings.Tunable;
import io.switchgear.settings.TunableSettings;
import io.switchgear.status.SettingsChange;
import java.util.function.Consumer;

/**
 * Retries, a fallback, a time limit or an HTTP service: everything with settings that is not a breaker.
 *
 * <p>Implemented by this library alone; methods may be added.
 *
 * @param <S> the settings
 * @since 0.1
 */
public interface Layer<S extends TunableSettings<S>> extends Tunable<S> {
    /**
     * Returns the rule that decides to which failures this applies: those that are retried, or replaced by a fallback.
     * For an HTTP service this is the rule of its breaker. For a time limit it is {@link FailureRule#ANY}, as that
     * applies to calls, not to failures.
     */
    FailureRule rule();

    /**
     * Registers a listener, called once per change of settings, in order, on a thread that makes a change and outside
     * any lock. Its exceptions are logged and affect neither callers nor other listeners.
     *
     * @return a handle; run it to remove the listener
     */
    Runnable listen(Consumer<? super SettingsChange> listener);
}
