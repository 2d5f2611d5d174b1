// SPDX-License-Identifier: Apache-2.0
package io.switchgear.settings;

/**
 * Receives the breakers, retries, fallbacks and services of an application as they are created and removed, one at a
 * time and outside any lock. Its exceptions are logged.
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
        // few implementations have anything to close
    }
}
