package io.switchgear;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Settings that were refused. The message has a sentence for each problem, as in {@code minimumCalls must be <=
 * windowCalls (100) but was 200}. Nothing has changed when this is thrown.
 *
 * @since 0.1
 */
public class InvalidSettingsException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;
    private static final Pattern NAME = Pattern.compile("\\{(\\w)(\\w*)}");

    private final ArrayList<String> problems;

    /** @param problems a sentence each, with the names of settings in braces */
    InvalidSettingsException(List<String> problems) {
        super(text(problems, name -> name));
        this.problems = new ArrayList<>(problems);
    }

    List<String> problems() {
        return problems;
    }

    /** The message with settings named as their MBean attributes are: {@code MinimumCalls}. */
    public String messageForConsoles() {
        return text(problems, name -> Character.toUpperCase(name.charAt(0)) + name.substring(1));
    }

    private static String text(List<String> problems, UnaryOperator<String> naming) {
        return problems.stream()
                .map(problem ->
                        NAME.matcher(problem).replaceAll(match -> naming.apply(match.group(1) + match.group(2))))
                .collect(Collectors.joining("; "));
    }
}
