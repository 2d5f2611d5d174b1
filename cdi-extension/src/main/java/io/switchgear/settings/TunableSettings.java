// SPDX-License-Identifier: Apache-2.0
package io.switchgear.settings;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Settings as one immutable value: a record with a component for each {@link Setting} of its kind, in their order,
 * which checks them in its constructor. Implemented by the records of this package alone.
 *
 * @param <S> the record itself
 * @since 0.1
 */
public interface TunableSettings<S extends TunableSettings<S>> {
    /** Returns the kind of objects that have these settings. */
    TunableKind kind();

    /**
     * Returns the value of a setting.
     *
     * @throws IllegalArgumentException if it is a setting of another kind
     */
    default Object get(Setting setting) {
        return SettingsRecords.get(this, setting);
    }

    /**
     * Returns these settings with some changed, checked as a whole.
     *
     * @param changes numbers, texts that denote numbers, or elements of {@link Setting#legalValues}
     * @throws InvalidSettingsException if a value is not of the setting's type, out of range or contradicts another;
     *     names all such values
     */
    default S with(Map<Setting, ?> changes) {
        Map<Setting, Object> values = new EnumMap<>(Setting.class);
        List<String> problems = new ArrayList<>();
        changes.forEach((setting, value) -> {
            if (setting.kind() != kind()) {
                problems.add("{" + setting.memberName() + "} is no setting of a " + kind().noun() + " but of a "
                        + setting.kind().noun());
                return;
            }
            try {
                values.put(setting, SettingValue.checked(setting, value));
            } catch (InvalidSettingsException refused) {
                problems.addAll(refused.problems());
            }
        });
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
        return SettingsRecords.copy(this, values);
    }

    /** Returns how {@code after} differs from these settings, in words: {@code FailureThreshold from 5 to 10}. */
    default String changesTo(TunableSettings<?> after) {
        return Setting.of(kind()).stream()
                .filter(setting -> !get(setting).equals(after.get(setting)))
                .map(setting -> setting.attributeName() + " from " + get(setting) + " to " + after.get(setting))
                .collect(Collectors.joining(", "));
    }
}
