package io.switchgear.settings;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What can be tuned: circuit breakers, and what stands around them.
 *
 * @since 0.1
 */
public enum TunableKind {
    /** A circuit breaker; its settings are {@link BreakerSettings}. */
    BREAKER("CircuitBreakers", BreakerSettings.class, BreakerSettings::defaults),
    /** What calls again after a failure; its settings are {@link RetrySettings}. */
    RETRY("Retries", RetrySettings.class, RetrySettings::defaults),
    /** What stands in for a failed call; its settings are {@link FallbackSettings}. */
    FALLBACK("Fallbacks", FallbackSettings.class, FallbackSettings::defaults),
    /** A service that is called over HTTP; its settings are {@link ServiceSettings}. */
    SERVICE("Services", ServiceSettings.class, ServiceSettings::defaults);

    private final String plural;
    private final Class<? extends TunableSettings<?>> type;
    private final Supplier<? extends TunableSettings<?>> defaults;

    <S extends TunableSettings<S>> TunableKind(String plural, Class<S> type, Supplier<S> defaults) {
        this.plural = plural;
        this.type = type;
        this.defaults = defaults;
    }

    /** As in configuration: {@code breaker}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** As in the names of MBeans: {@code CircuitBreakers}. */
    public String plural() {
        return plural;
    }

    /** What one of this name is called where those of other kinds are told of too: {@code retry orders}. */
    public String label(String name) {
        return this == BREAKER ? name : word() + " " + name;
    }

    /** Its settings, in their order. */
    public List<Setting> settings() {
        return Arrays.stream(Setting.values())
                .filter(setting -> setting.kind() == this)
                .toList();
    }

    /** The settings without annotation and configuration. */
    public TunableSettings<?> defaults() {
        return defaults.get();
    }

    Method component(String name) {
        return Arrays.stream(type.getRecordComponents())
                .filter(component -> component.getName().equals(name))
                .map(RecordComponent::getAccessor)
                .findFirst()
                .orElseThrow(() -> new AssertionError(type + " has no component " + name));
    }

    /** {@code settings} with some changed. The record's constructor checks them as a whole. */
    TunableSettings<?> changed(TunableSettings<?> settings, Map<Setting, Object> changes) {
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        Object[] values = settings().stream()
                .map(setting -> changes.getOrDefault(setting, setting.of(settings)))
                .toArray();
        try {
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (InvocationTargetException refused) {
            throw (InvalidSettingsException) refused.getCause();
        } catch (ReflectiveOperationException impossible) {
            throw new LinkageError(type + " cannot be made", impossible);
        }
    }
}
