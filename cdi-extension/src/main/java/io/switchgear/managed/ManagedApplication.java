// SPDX-License-Identifier: Apache-2.0
package io.switchgear.managed;

import io.switchgear.settings.SettingsStore;
import io.switchgear.settings.Tunable;
import io.switchgear.settings.TunableListener;
import io.switchgear.status.CircuitTransition;
import io.switchgear.status.SettingsChange;
import java.util.List;
import java.util.Optional;
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

    /** Returns all breakers and layers. */
    List<Tunable<?>> tunables();

    /**
     * Saves the settings of a breaker or layer that an operator has changed, if each change is saved in the settings
     * file ({@code switchgear.settings-autosave}). A failure is logged and undoes nothing.
     */
    void changed(Tunable<?> tunable);

    /**
     * Returns the name in which changes of an authenticated caller are made: on one line, shortened to 200 characters,
     * and in quotes if it could be taken for an author of this library, such as {@code configuration x}.
     *
     * @param caller the name as the server gives it; may be {@code null}
     */
    String author(String caller);

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

    /** Returns the fleet that was registered; empty without a place that all nodes share. */
    Optional<Fleet> fleet();
}
