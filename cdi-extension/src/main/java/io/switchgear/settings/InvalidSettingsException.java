// SPDX-License-Identifier: Apache-2.0
package io.switchgear.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Thrown when settings are refused; nothing has changed then. The message has a sentence for each problem, such as
 * {@code minimumCalls must be <= windowCalls (100, the default) but was 200}.
 *
 * @since 0.1
 */
public class InvalidSettingsException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;
    private static final Pattern NAME = Pattern.compile("\\{\\{|\\{(\\w+)}");

    private final ArrayList<String> problems;

    /** @param problems a sentence each, with the names of settings in braces, and other text {@link #literal} */
    InvalidSettingsException(List<String> problems) {
        super(text(problems, name -> name));
        this.problems = new ArrayList<>(problems);
    }

    /** Returns text from outside as it is written in a problem, so that braces in it hold no name of a setting. */
    static String literal(String text) {
        return text.replace("{", "{{");
    }

    List<String> problems() {
        return problems;
    }

    /**
     * Returns the message with other names of settings.
     *
     * @param naming returns the name to show, given {@link Setting#memberName()}
     */
    public String messageNaming(UnaryOperator<String> naming) {
        return text(problems, naming);
    }

    private static String text(List<String> problems, UnaryOperator<String> naming) {
        return problems.stream()
                .map(problem -> NAME.matcher(problem)
                        .replaceAll(match ->
                                Matcher.quoteReplacement(match.group(1) == null ? "{" : naming.apply(match.group(1)))))
                .collect(Collectors.joining("; "));
    }
}
