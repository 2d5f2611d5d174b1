// SPDX-License-Identifier: Apache-2.0
package io.switchgear.settings;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Converts values of any origin to those of a setting, and says why a value cannot be converted. */
final class SettingValue {
    private static final int MAX_NUMBER_LENGTH = 50;
    private static final int MAX_BITS = 160;
    private static final int MAX_SHOWN_LENGTH = 60;

    private SettingValue() {}

    /** Converts a value, and checks its range; an error shows the value as it was given. */
    static Object checked(Setting setting, Object value) {
        Object converted = converted(setting, value);
        if (!setting.allows(converted)) {
            throw refused(setting, value);
        }
        return converted;
    }

    private static Object converted(Setting setting, Object value) {
        Class<?> type = setting.type();
        String text = text(value).strip();
        if (setting.range() == null) {
            if (!setting.legalValues().contains(text)) {
                throw refused(setting, value);
            }
            return type == boolean.class ? Boolean.valueOf(text) : constant(type, text);
        }
        if (!(value instanceof Number || value instanceof String) || text.length() > MAX_NUMBER_LENGTH) {
            throw refused(setting, value);
        }
        try {
            // Double.valueOf would also take "50d", "0x1p4" and control characters around a number
            BigDecimal number = new BigDecimal(text);
            if (type == double.class) {
                return number.doubleValue();
            }
            // through a decimal: 10, 10L, 10.0 and "10" are ten, 10.5 is refused, nothing wraps around
            long whole = number.longValueExact();
            return type == int.class ? (Object) Math.toIntExact(whole) : (Object) whole;
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

    /** Returns the sentence for a value that is refused. */
    static String problem(Setting setting, Object value) {
        String rule = setting.range() == null
                ? "one of " + String.join(", ", setting.legalValues())
                : (setting.type() == double.class ? "a number " : "a whole number ") + setting.range();
        String text = shortened(text(value));
        String shown = value instanceof String ? "\"" + text + "\"" : text;
        return "{" + setting.memberName() + "} must be " + rule + " but was " + InvalidSettingsException.literal(shown);
    }

    /** Returns the sentence for a value that contradicts another; each says whether it is the default. */
    static String contradiction(Setting setting, Object value, String rule, Setting other, Object bound) {
        return "{" + setting.memberName() + "} must be " + rule + " {" + other.memberName() + "} (" + bound
                + suffix(other, bound) + ") but was " + value + suffix(setting, value);
    }

    private static String suffix(Setting setting, Object value) {
        return value.equals(setting.defaultValue()) ? ", the default" : "";
    }

    /** Returns the text of harmless values alone: that of others may take time without bounds. */
    private static String text(Object value) {
        boolean harmless = value == null
                || value instanceof Enum<?>
                || (value instanceof BigInteger number && number.bitLength() <= MAX_BITS)
                || (value instanceof BigDecimal decimal
                        && decimal.unscaledValue().bitLength() <= MAX_BITS)
                // an array has the package of its elements
                || (value.getClass().getPackageName().equals("java.lang")
                        && !value.getClass().isArray());
        return harmless ? String.valueOf(value) : "a " + value.getClass().getTypeName();
    }

    private static String shortened(String text) {
        return text.length() <= MAX_SHOWN_LENGTH ? text : text.substring(0, MAX_SHOWN_LENGTH) + "...";
    }

    /**
     * Returns a duration in milliseconds, rounded up, so that the shortest one is not 0. One that exceeds a
     * {@code long} becomes a value that its setting refuses.
     */
    static long millis(Duration value) {
        try {
            return value.plusNanos(999_999).toMillis();
        } catch (ArithmeticException beyond) {
            return value.isNegative() ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }
}
