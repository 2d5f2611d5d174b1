package io.switchgear.settings;

/**
 * Follows what can be tuned as it comes and goes; told of one thing at a time, outside any lock. What it throws is
 * logged and harms nobody.
 */
public interface TunableListener extends AutoCloseable {
    /** It is there. */
    void added(Tunable<?> tunable);

    /** It is there no more. */
    void removed(Tunable<?> tunable);

    /** The switchgear is closed. May be called more than once. */
    @Override
    default void close() {
        // most have nothing to take back
    }
}
