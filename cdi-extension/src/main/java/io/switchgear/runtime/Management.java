// SPDX-License-Identifier: Apache-2.0
package io.switchgear.runtime;

import io.switchgear.jmx.BreakerMBeans;
import io.switchgear.managed.Fleet;
import io.switchgear.managed.ManagedApplication;
import io.switchgear.managed.ManagementSettings;
import io.switchgear.message.Text;
import io.switchgear.settings.SettingsStore;
import io.switchgear.settings.Tunable;
import io.switchgear.settings.TunableListener;
import io.switchgear.status.CircuitTransition;
import io.switchgear.status.SettingsChange;
import io.switchgear.store.SavedSettings;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Gives a managed runtime access to an application. */
record Management(
        String name,
        ManagementSettings settings,
        Registry registry,
        SavedSettings saved,
        BreakerMBeans mbeans,
        AtomicReference<Fleet> registered)
        implements ManagedApplication {
    private static final String UNKNOWN = "unknown caller";

    Management(String name, ManagementSettings settings, Registry registry, SavedSettings saved, BreakerMBeans mbeans) {
        this(name, settings, registry, saved, mbeans, new AtomicReference<>());
    }

    @Override
    public List<Tunable<?>> tunables() {
        return registry.tunables();
    }

    @Override
    public void changed(Tunable<?> tunable) {
        saved.changed(List.of(tunable));
    }

    @Override
    public String author(String caller) {
        String author = caller == null ? "" : Text.caller(caller);
        return author.isEmpty() ? UNKNOWN : author;
    }

    @Override
    public void listen(TunableListener listener) {
        registry.listen(listener);
    }

    @Override
    public void listen(Consumer<? super CircuitTransition> transitions, Consumer<? super SettingsChange> changes) {
        registry.events().effects().add(transitions);
        registry.events().changes().add(changes);
    }

    @Override
    public void keepIn(SettingsStore store) {
        saved.keepIn(store);
    }

    @Override
    public void reread() {
        saved.reread();
    }

    @Override
    public void register(Fleet fleet) {
        registered.set(fleet);
        mbeans.add(fleet);
    }

    @Override
    public Optional<Fleet> fleet() {
        return Optional.ofNullable(registered.get());
    }
}
