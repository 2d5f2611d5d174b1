// SPDX-License-Identifier: Apache-2.0
package io.switchgear.managed;

import io.switchgear.settings.SettingsStore;
import io.switchgear.settings.TunableListener;
import io.switchgear.status.CircuitTransition;
import io.switchgear.status.SettingsChange;
import java.util.function.Consumer;

/**
 * The breakers and layers of an application, for a runtime that manages them all.
 *
 * <p>Implemented by this library alone; methods may be added.
 *
 * @since 0.1
 */
public interface ManagedApplication {
    /** Returns the name that the MBeans of the application are grouped under. */
    String name();

    /** Returns the configuration of the managed runtime. */
    ManagementSettings settings();

    /**
     * Notifies a listener of all breakers and layers, existing ones first, and of each that is created or removed. One
     * that is created is known to the listener before the method that created it returns.
     */
    void listen(TunableListener listener);

    /**
     * Notifies listeners of all changes of breakers and of the settings of all layers. They are called on the thread
     * that makes the change, in order for each breaker and layer, and must not block.
     *
     * @param transitions receives those of breakers
     * @param changes receives those of layers
     */
    void listen(Consumer<? super CircuitTransition> transitions, Consumer<? super SettingsChange> changes);

    /**
     * Keeps changed settings in a store from now on. What it has is applied to what is created from then on; the
     * managed runtime applies it to what exists. {@link SettingsStore#load} must return at once.
     *
     * @throws IllegalStateException if the application has a store already, such as {@code switchgear.settings-file}
     * @throws java.io.UncheckedIOException if the store cannot be read
     */
    void keepIn(SettingsStore store);

    /** Reads the store again, so that it is known what is saved. Applies nothing to what exists. */
    void reread();

    /** Registers the MBean of a fleet, {@code type=Fleet}. It is removed when the application ends. */
    void register(Fleet fleet);
}
