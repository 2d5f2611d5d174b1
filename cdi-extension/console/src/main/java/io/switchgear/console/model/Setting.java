// SPDX-License-Identifier: Apache-2.0
package io.switchgear.console.model;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import javax.management.Descriptor;
import javax.management.MBeanAttributeInfo;

/**
 * A setting as its MBean describes it.
 *
 * @param min the lower bound; {@code null} for a name
 * @param legalValues the values allowed; empty for a number
 * @param value the value in force, as text
 * @param origin where the value comes from; empty if unknown
 */
public record Setting(
        String name,
        boolean whole,
        String description,
        String unit,
        Number min,
        Number max,
        String defaultValue,
        List<String> legalValues,
        boolean writable,
        String value,
        String origin) {
    /** Returns whether an attribute is a setting: one that has a default. {@code Mode} has operations of its own. */
    static boolean is(MBeanAttributeInfo info) {
        return info.getDescriptor().getFieldValue("defaultValue") != null
                && !info.getName().equals("Mode");
    }

    static Setting of(MBeanAttributeInfo info, Object value, String origin) {
        Descriptor fields = info.getDescriptor();
        Object legal = fields.getFieldValue("legalValues");
        return new Setting(
                info.getName(),
                info.getType().equals("int") || info.getType().equals("long"),
                Text.line(info.getDescription()),
                Text.shown(fields.getFieldValue("units")),
                fields.getFieldValue("minValue") instanceof Number min ? min : null,
                fields.getFieldValue("maxValue") instanceof Number max ? max : null,
                Text.shown(fields.getFieldValue("defaultValue")),
                legal instanceof Object[] values
                        ? Arrays.stream(values).map(Text::shown).toList()
                        : List.of(),
                info.isWritable(),
                Text.shown(value),
                origin);
    }

    /** Returns the allowed values in words. */
    public String range() {
        if (!legalValues.isEmpty()) {
            return String.join(", ", legalValues);
        }
        return min == null ? "" : min + " to " + max;
    }

    /** Returns why a typed value is refused, in one sentence; empty if it is allowed as far as bounds go. */
    public String problem(String typed) {
        String text = typed.strip();
        if (!legalValues.isEmpty()) {
            return legalValues.contains(text)
                    ? ""
                    : name + " must be one of " + range() + " but was " + Text.shown(text);
        }
        if (min == null) {
            return "";
        }
        try {
            BigDecimal number = text.length() > 40 ? null : new BigDecimal(text);
            if (number != null
                    && number.compareTo(new BigDecimal(min.toString())) >= 0
                    && number.compareTo(new BigDecimal(max.toString())) <= 0
                    && (!whole || number.stripTrailingZeros().scale() <= 0)) {
                return "";
            }
        } catch (NumberFormatException notANumber) {
            // refused below
        }
        return name + " must be a " + (whole ? "whole " : "") + "number from " + range() + " but was "
                + (text.isEmpty() ? "empty" : Text.shown(text));
    }

    /** Returns whether two texts are one value of this setting. */
    public boolean isSame(String one, String other) {
        if (min == null || !problem(one).isEmpty() || !problem(other).isEmpty()) {
            return one.strip().equals(other.strip());
        }
        return new BigDecimal(one.strip()).compareTo(new BigDecimal(other.strip())) == 0;
    }
}
