// SPDX-License-Identifier: Apache-2.0
package io.switchgear.settings;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads and creates records of settings by the names of their components, so that nothing else has to list them. */
final class SettingsRecords {
    private static final ClassValue<Map<String, Method>> ACCESSORS = new ClassValue<>() {
        @Override
        protected Map<String, Method> computeValue(Class<?> type) {
            return Arrays.stream(type.getRecordComponents())
                    .collect(Collectors.toMap(RecordComponent::getName, RecordComponent::getAccessor));
        }
    };

    private SettingsRecords() {}

    /**
     * Returns the value of a setting.
     *
     * @throws IllegalArgumentException if it is a setting of another kind
     */
    static Object get(TunableSettings<?> settings, Setting setting) {
        if (setting.kind() != settings.kind()) {
            throw new IllegalArgumentException(setting + " is no setting of a "
                    + settings.kind().noun() + " but of a " + setting.kind().noun());
        }
        try {
            return ACCESSORS.get(settings.getClass()).get(setting.memberName()).invoke(settings);
        } catch (ReflectiveOperationException impossible) {
            throw new LinkageError(setting + " cannot be read", impossible);
        }
    }

    /**
     * Returns a record like {@code settings} with some values changed. Its constructor checks them as a whole.
     *
     * @throws InvalidSettingsException if the constructor refuses them
     */
    @SuppressWarnings("unchecked") // the constructor of a class makes instances of it
    static <S extends TunableSettings<S>> S copy(TunableSettings<S> settings, Map<Setting, Object> changes) {
        Class<?> type = settings.getClass();
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        Object[] values = Setting.of(settings.kind()).stream()
                .map(setting -> changes.getOrDefault(setting, get(settings, setting)))
                .toArray();
        try {
            return (S) type.getDeclaredConstructor(types).newInstance(values);
        } catch (InvocationTargetException refused) {
            throw (InvalidSettingsException) refused.getCause();
        } catch (ReflectiveOperationException impossible) {
            throw new LinkageError(type + " cannot be created", impossible);
        }
    }
}
