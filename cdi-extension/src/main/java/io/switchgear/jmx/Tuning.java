package io.switchgear.jmx;

import io.switchgear.CircuitBreaker;
import io.switchgear.Controls;
import io.switchgear.InvalidSettingsException;
import io.switchgear.Mode;
import io.switchgear.Setting;
import io.switchgear.Settings;
import io.switchgear.message.Text;
import io.switchgear.store.SavedSettings;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.management.Attribute;
import javax.management.AttributeNotFoundException;
import javax.management.InvalidAttributeValueException;

/** Carries out what a console asks of one breaker, whole or not at all. */
record Tuning(CircuitBreaker breaker, SavedSettings saved) {
    Controls controls() {
        return breaker.by(Caller.current());
    }

    void set(List<Attribute> attributes) throws AttributeNotFoundException, InvalidAttributeValueException {
        Map<Setting, Object> settings = new EnumMap<>(Setting.class);
        Mode mode = breaker.snapshot().mode();
        Mode wanted = mode;
        for (Attribute attribute : attributes) {
            if (BreakerAttributes.MODE.equals(attribute.getName())) {
                wanted = mode(attribute.getValue());
            } else {
                settings.put(setting(attribute.getName()), attribute.getValue());
            }
        }
        Settings before = breaker.snapshot().settings();
        try {
            update(settings);
        } catch (IllegalArgumentException refused) {
            throw new InvalidAttributeValueException(refused.getMessage());
        }
        // writing back the mode that is leaves its reason and its end
        if (wanted != mode) {
            controls().control(wanted, null, "");
        }
        saved(before);
    }

    /**
     * Changes settings.
     *
     * @return those in force after it
     * @throws IllegalArgumentException if they are refused
     */
    Settings change(Map<Setting, ?> changes) {
        return saving(() -> update(changes));
    }

    Settings undo() {
        return saving(controls()::undoLastChange);
    }

    Settings revert() {
        return saving(controls()::revertSettings);
    }

    private Settings saving(Supplier<Settings> change) {
        Settings before = breaker.snapshot().settings();
        Settings after = change.get();
        saved(before);
        return after;
    }

    /** After everything else, since to save may take its time. */
    private void saved(Settings before) {
        if (!breaker.snapshot().settings().equals(before)) {
            saved.changed(List.of(breaker));
        }
    }

    private Settings update(Map<Setting, ?> changes) {
        try {
            return controls().update(present -> present.with(changes));
        } catch (InvalidSettingsException refused) {
            throw refusal(refused);
        }
    }

    /** In the words of a console, and without a class of ours, which clients do not have. */
    static IllegalArgumentException refusal(InvalidSettingsException refused) {
        return new IllegalArgumentException(Text.sentence(refused.messageNaming(Setting::attributeName)));
    }

    private static Setting setting(String attribute) throws AttributeNotFoundException {
        FaceAttribute<View> known = BreakerMBean.VOCABULARY.attributes().get(attribute);
        if (known == null || known.setting() == null) {
            throw new AttributeNotFoundException(Text.printable(attribute)
                    + (known == null ? " is no attribute of a breaker" : " can be read but not set"));
        }
        return known.setting();
    }

    private static Mode mode(Object value) throws InvalidAttributeValueException {
        return Arrays.stream(Mode.values())
                .filter(mode -> mode.name().equals(value))
                .findFirst()
                .orElseThrow(() -> new InvalidAttributeValueException("Mode must be one of "
                        + Arrays.stream(Mode.values()).map(Mode::name).collect(Collectors.joining(", ")) + " but was "
                        + Text.printable(value)));
    }
}
