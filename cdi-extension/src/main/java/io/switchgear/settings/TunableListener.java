package io.switchgear.settings;

/**
 * Is notified of what can be tuned in an application as it is created and removed; of one thing at a time, and outside
 * any lock. What it throws is logged.
 *
 * @since 0.1
 */
public interface TunableListener extends AutoCloseable {
    /** Called after a breaker, retry, fallback or service was created. */
    void added(Tunable<?> tunable);

    /** Called after it was removed. */
    void removed(Tunable<?> tunable);

    /** Called when the application ends. May be called more than once. */
    @Override
    default void close() {
        // most have nothing to close
    }
}
