package io.switchgear.settings;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * All that can be tuned of one thing, as one immutable value: a record that has a component for each {@link Setting} of
 * its kind, in their order, and checks them in its constructor.
 *
 * @param <S> the record itself
 * @since 0.1
 */
public sealed interface TunableSettings<S extends TunableSettings<S>>
        permits BreakerSettings, RetrySettings, FallbackSettings, ServiceSettings {
    /** What these are settings of. */
    TunableKind kind();

    /**
     * These settings with some changed, checked as a whole.
     *
     * @param changes numbers, or texts that stand for one or are one of {@link Setting#legalValues}
     * @throws InvalidSettingsException if a value is not of the setting's type, out of range or contradicts another;
     *     names all that are
     */
    @SuppressWarnings("unchecked") // a kind makes records of one type
    default S with(Map<Setting, ?> changes) {
        Map<Setting, Object> converted = new EnumMap<>(Setting.class);
        List<String> problems = new ArrayList<>();
        changes.forEach((setting, value) -> {
            if (setting.kind() != kind()) {
                problems.add("{" + setting.memberName() + "} is no setting of a " + kind().word() + " but of a "
                        + setting.kind().word());
                return;
            }
            try {
                converted.put(setting, setting.converted(value));
            } catch (InvalidSettingsException refused) {
                problems.addAll(refused.problems());
            }
        });
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
        return (S) kind().changed(this, converted);
    }

    /** What {@code after} has that these have not, in words: {@code FailureThreshold from 5 to 10}. */
    default String changesTo(TunableSettings<?> after) {
        return kind().settings().stream()
                .filter(setting -> !setting.of(this).equals(setting.of(after)))
                .map(setting -> setting.attributeName() + " from " + setting.of(this) + " to " + setting.of(after))
                .collect(Collectors.joining(", "));
    }
}
