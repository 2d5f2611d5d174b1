package io.switchgear.settings;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Makes of what may come from anywhere the value of a setting, or says why it is none. */
final class SettingValue {
    private static final int LONGEST_NUMBER = 50;
    private static final int MOST_BITS = 160;

    private SettingValue() {}

    static Object converted(Setting setting, Object value) {
        Class<?> type = setting.type();
        String text = text(value).strip();
        if (setting.range() == null) {
            if (!setting.legalValues().contains(text)) {
                throw refused(setting, value);
            }
            return type == boolean.class ? Boolean.valueOf(text) : constant(type, text);
        }
        if (!(value instanceof Number || value instanceof String) || text.length() > LONGEST_NUMBER) {
            throw refused(setting, value);
        }
        try {
            // whole ones through a decimal: 10, 10L, 10.0 and "10" are ten, 10.5 is refused, nothing wraps around
            Number number = type == double.class
                    ? (Number) Double.valueOf(text)
                    : (Number) new BigDecimal(text).longValueExact();
            if (!setting.range().contains(number.doubleValue())) {
                throw refused(setting, value);
            }
            return type == int.class ? (Number) number.intValue() : number;
        } catch (NumberFormatException | ArithmeticException notSuchANumber) {
            throw refused(setting, value);
        }
    }

    private static Object constant(Class<?> type, String name) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.toString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static InvalidSettingsException refused(Setting setting, Object value) {
        return new InvalidSettingsException(List.of(problem(setting, value)));
    }

    static String problem(Setting setting, Object value) {
        String rule = setting.range() == null
                ? "one of " + String.join(", ", setting.legalValues())
                : (setting.type() == double.class ? "a number " : "a whole number ") + setting.range();
        String text = shortened(text(value));
        String shown = value instanceof String ? "\"" + text + "\"" : text;
        return "{" + setting.memberName() + "} must be " + rule + " but was " + shown;
    }

    /** Of what may come from anywhere: the text of some objects takes longer to make than anybody lives. */
    private static String text(Object value) {
        boolean harmless = value == null
                || value instanceof Enum<?>
                || (value instanceof BigInteger number && number.bitLength() <= MOST_BITS)
                || (value instanceof BigDecimal decimal
                        && decimal.unscaledValue().bitLength() <= MOST_BITS)
                || value.getClass().getPackageName().equals("java.lang");
        return harmless ? String.valueOf(value) : "a " + value.getClass().getName();
    }

    private static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "...";
    }

    /** Rounded up, so that the shortest of times is not none; what is beyond all bounds is refused by its name. */
    static long millis(Duration value) {
        try {
            return value.plusNanos(999_999).toMillis();
        } catch (ArithmeticException beyond) {
            return value.isNegative() ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }
}
