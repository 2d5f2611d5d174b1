package io.switchgear.jmx;

import java.math.BigDecimal;

/** Text that came over JMX, made fit to be logged and shown. */
final class Text {
    private static final int LONGEST = 200;
    private static final int LONGEST_SENTENCE = 2_000;

    private Text() {}

    /** One line of bounded length: control characters become spaces. */
    static String printable(Object value) {
        return bounded(String.valueOf(value), LONGEST);
    }

    /** Likewise, for sentences of ours in which there may be such text. */
    static String sentence(String text) {
        return bounded(text, LONGEST_SENTENCE);
    }

    private static String bounded(String text, int longest) {
        String start = text.length() <= longest ? text : text.substring(0, longest) + "...";
        return start.replaceAll("\\p{Cntrl}", " ").strip();
    }

    /** A reason; consoles prefill its field with the name of the type, which is none. */
    static String reason(Object value) {
        return value == null || value.equals("String") ? "" : printable(value);
    }

    /** A number in a range, from a number or its text. */
    static long wholeNumber(String name, Object value, long min, long max) {
        try {
            long number = new BigDecimal(String.valueOf(value).strip()).longValueExact();
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException | ArithmeticException notSuchANumber) {
            // refused below, like a number out of range
        }
        throw new IllegalArgumentException(
                name + " must be a whole number >= " + min + " and <= " + max + " but was " + printable(value));
    }
}
