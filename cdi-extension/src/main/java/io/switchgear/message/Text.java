package io.switchgear.message;

import java.util.regex.Pattern;

/** Text from outside, made fit to be logged and shown. */
public final class Text {
    private static final int LONGEST = 200;
    private static final int LONGEST_SENTENCE = 2_000;
    // also line separators that are no control characters, and what turns the direction of writing
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

    private Text() {}

    /**
     * One line of bounded length: control characters become spaces. Of what is no plain value the class is shown, since
     * the text of some objects takes longer to make than anybody lives.
     */
    public static String printable(Object value) {
        boolean plain = value == null || value.getClass().getPackageName().equals("java.lang");
        return bounded(plain ? String.valueOf(value) : "a " + value.getClass().getName(), LONGEST);
    }

    /** With a question mark for each character that ends a line, hides, or turns the direction of writing. */
    public static String visible(String text) {
        return INVISIBLE.matcher(text).replaceAll("?");
    }

    /**
     * Who makes changes, made {@linkplain #printable printable}.
     *
     * @throws IllegalArgumentException if it is blank
     */
    public static String author(String who) {
        String author = printable(who);
        if (author.isEmpty()) {
            throw new IllegalArgumentException("who must not be blank, or nobody would know who made a change");
        }
        return author;
    }

    /** Likewise, for sentences of ours in which there may be such text. */
    public static String sentence(String text) {
        return bounded(text, LONGEST_SENTENCE);
    }

    private static String bounded(String text, int longest) {
        String start = text.length() <= longest ? text : text.substring(0, longest) + "...";
        return INVISIBLE.matcher(start).replaceAll(" ").strip();
    }
}
