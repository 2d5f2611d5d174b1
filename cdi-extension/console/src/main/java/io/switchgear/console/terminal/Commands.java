// SPDX-License-Identifier: Apache-2.0
package io.switchgear.console.terminal;

import io.switchgear.console.model.BreakerRow;
import io.switchgear.console.model.Detail;
import io.switchgear.console.model.Effect;
import io.switchgear.console.model.Monitor;
import io.switchgear.console.model.RefusedException;
import io.switchgear.console.model.Setting;
import io.switchgear.console.model.Text;
import io.switchgear.console.model.View;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.management.ObjectName;

/** What an operator types. */
final class Commands {
    static final String HELP = "a number or the arrows select; set FailureThreshold=10, MinimumCalls=5 · rehearse"
            + " FailureThreshold=3, then end or apply · open [reason]"
            + " · close [reason] · observe · auto · halfopen · reset · undo · revert · quit";

    private final Monitor monitor;
    private ObjectName selected;
    private volatile String message = HELP;
    private volatile boolean over;

    Commands(Monitor monitor) {
        this.monitor = monitor;
    }

    boolean isOver() {
        return over;
    }

    void quit() {
        over = true;
    }

    String message() {
        return message;
    }

    /** Returns the selected breaker: the most urgent until one is chosen; {@code null} if there is none. */
    ObjectName selected(View view) {
        return selected == null && view.detail() != null ? view.detail().mbean() : selected;
    }

    /** Keeps the breaker selected that is shown, whatever becomes more urgent. */
    void keep(View view) {
        if (selected == null && view.detail() != null) {
            selected = view.detail().mbean();
            monitor.keep(selected);
        }
    }

    void select(View view, int index) {
        if (index >= 0 && index < view.rows().size()) {
            BreakerRow row = view.rows().get(index);
            selected = row.mbean();
            monitor.select(selected);
            message = "Selected " + Text.shown(row.name());
        } else {
            message = "There is no line " + (index + 1);
        }
    }

    void run(String line, View view) {
        String[] words = line.strip().split("\\s+", 2);
        String rest = words.length > 1 ? words[1] : "";
        switch (words[0]) {
            case "" -> message = HELP;
            case "q", "quit", "exit" -> over = true;
            case "set" -> change(rest, view, false);
            case "rehearse" -> change(rest, view, true);
            case "end" -> invoke(view, "endRehearsal");
            case "apply" -> invoke(view, "applyRehearsal");
            case "open" -> invoke(view, "forceOpen", rest);
            case "close" -> invoke(view, "forceClosed", rest);
            case "observe" -> invoke(view, "observe", rest);
            case "auto" -> invoke(view, "automatic");
            case "halfopen" -> invoke(view, "halfOpenNow");
            case "reset" -> invoke(view, "reset");
            case "undo" -> invoke(view, "undoLastChange");
            case "revert" -> invoke(view, "revertSettings");
            default -> {
                if (words[0].matches("\\d{1,6}")) {
                    select(view, Integer.parseInt(words[0]) - 1);
                } else {
                    message = "There is no command " + Text.shown(words[0]) + ". " + HELP;
                }
            }
        }
    }

    private void invoke(View view, String operation, Object... arguments) {
        ObjectName breaker = selected(view);
        if (breaker == null) {
            message = "No breaker is selected";
        } else if (!view.whyReadOnly().isEmpty()) {
            message = view.whyReadOnly();
        } else {
            selected = breaker;
            monitor.select(breaker);
            report(operation, monitor.invoke(breaker, operation, arguments));
        }
    }

    private void change(String changes, View view, boolean rehearsed) {
        Detail detail = view.detail();
        if (detail == null || !detail.mbean().equals(selected(view))) {
            message = "No breaker is selected, or it is not read yet";
            return;
        }
        Map<Setting, String> parsed = new LinkedHashMap<>();
        for (String change : changes.split(",", -1)) {
            String[] sides = change.split("=", 2);
            Setting setting = detail.setting(sides[0].strip());
            if (setting == null || sides.length < 2) {
                message = "Not a setting and its value: " + Text.shown(change);
                return;
            }
            String problem = setting.problem(sides[1]);
            if (!problem.isEmpty()) {
                message = problem;
                return;
            }
            parsed.put(setting, sides[1].strip());
        }
        if (!view.whyReadOnly().isEmpty()) {
            message = view.whyReadOnly();
            return;
        }
        if (rehearsed) {
            report("rehearse " + changes.strip(), monitor.rehearse(detail.mbean(), parsed));
        } else {
            report(String.join("; ", Effect.of(detail, parsed)), monitor.change(detail.mbean(), parsed));
        }
    }

    private void report(String what, CompletableFuture<String> result) {
        message = what + " …";
        CompletableFuture<?> unused = result.whenComplete((text, failure) -> {
            if (failure == null) {
                // of several lines are the settings in force, which are shown
                message = what + ": done" + (text.isEmpty() || text.contains("\n") ? "" : ". " + text);
            } else {
                message =
                        "Refused: " + (failure instanceof RefusedException ? failure.getMessage() : failure.toString());
            }
        });
    }
}
