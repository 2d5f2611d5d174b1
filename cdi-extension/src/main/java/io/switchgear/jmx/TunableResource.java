// SPDX-License-Identifier: Apache-2.0
package io.switchgear.jmx;

import io.switchgear.settings.Setting;
import io.switchgear.settings.Tunable;
import io.switchgear.settings.TunableKind;
import io.switchgear.store.SavedSettings;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javax.management.Attribute;
import javax.management.InvalidAttributeValueException;

/** A breaker or layer, as the resource of its MBean. */
abstract class TunableResource<V extends TunableView> implements ManagedResource<V> {
    private final Tunable<?> tunable;
    private final Origin origin;
    private final SavedSettings saved;

    TunableResource(Tunable<?> tunable, Origin origin, SavedSettings saved) {
        this.tunable = tunable;
        this.origin = origin;
        this.saved = saved;
    }

    final Tunable<?> tunable() {
        return tunable;
    }

    final TunableKind kind() {
        return tunable.configuredSettings().kind();
    }

    final String name() {
        return tunable.name();
    }

    @Override
    public final String label() {
        return kind().label(name());
    }

    final Origin origin() {
        return origin;
    }

    /** Returns whether the value in force of a setting is not saved, although there is a store. */
    final boolean isUnsaved(Setting setting) {
        return saved.isUnsaved(tunable, setting);
    }

    final SavedSettings saved() {
        return saved;
    }

    /** Returns a writer for its settings. */
    final SettingsWriter<?> writer() {
        return new SettingsWriter<>(tunable, saved);
    }

    @Override
    public void set(List<Attribute> attributes) throws InvalidAttributeValueException {
        Map<Setting, Object> values = new EnumMap<>(Setting.class);
        for (Attribute attribute : attributes) {
            values.put(setting(attribute.getName()), attribute.getValue());
        }
        try {
            writer().change(values);
        } catch (IllegalArgumentException refused) {
            throw new InvalidAttributeValueException(refused.getMessage());
        }
    }

    private Setting setting(String attribute) {
        return Setting.of(kind()).stream()
                .filter(setting -> setting.attributeName().equals(attribute))
                .findFirst()
                .orElseThrow();
    }
}
