package io.switchgear.jmx;

import io.switchgear.CircuitBreaker;
import io.switchgear.InvalidSettingsException;
import io.switchgear.Mode;
import io.switchgear.Setting;
import io.switchgear.message.Message;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.management.Attribute;
import javax.management.AttributeNotFoundException;
import javax.management.InvalidAttributeValueException;

/**
 * Carries out what a console asks for, whole or not at all, and keeps a note of the last change and the last refusal.
 */
final class Tuning {
    private final CircuitBreaker breaker;
    private volatile String lastRejectedChange = "";

    Tuning(CircuitBreaker breaker) {
        this.breaker = breaker;
    }

    String lastRejectedChange() {
        return lastRejectedChange;
    }

    void set(List<Attribute> attributes) throws AttributeNotFoundException, InvalidAttributeValueException {
        try {
            Map<Setting, Object> settings = new EnumMap<>(Setting.class);
            Mode mode = breaker.snapshot().mode();
            Mode wanted = mode;
            for (Attribute attribute : attributes) {
                if (attribute.getName().equals(BreakerAttributes.MODE)) {
                    wanted = mode(attribute.getValue());
                } else {
                    settings.put(setting(attribute.getName()), attribute.getValue());
                }
            }
            change(settings);
            // writing back the mode that is leaves its reason and its end
            if (wanted != mode) {
                BreakerOperation.of(wanted).on(breaker);
            }
        } catch (AttributeNotFoundException | InvalidAttributeValueException refused) {
            rejected(refused.getMessage());
            throw refused;
        }
    }

    void invoke(BreakerOperation operation, Object... parameters) {
        try {
            operation.on(breaker, parameters);
        } catch (IllegalArgumentException refused) {
            rejected(refused.getMessage());
            throw refused;
        }
    }

    private void change(Map<Setting, Object> changes) throws InvalidAttributeValueException {
        try {
            breaker.update(present -> present.with(changes));
        } catch (InvalidSettingsException refused) {
            throw new InvalidAttributeValueException(Text.sentence(refused.messageNaming(Setting::attributeName)));
        }
    }

    private static Setting setting(String attribute) throws AttributeNotFoundException {
        BreakerAttribute known = BreakerAttributes.ALL.get(attribute);
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

    private void rejected(String why) {
        lastRejectedChange = now() + " " + why;
        Message.CHANGE_REFUSED.log(breaker.name(), "somebody", why);
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }
}
