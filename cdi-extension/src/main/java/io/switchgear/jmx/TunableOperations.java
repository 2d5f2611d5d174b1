package io.switchgear.jmx;

import static io.switchgear.jmx.Parameter.CHANGES;

import io.switchgear.settings.Setting;
import io.switchgear.settings.TunableSettings;
import java.util.List;
import java.util.stream.Collectors;

/** What an operator can do to everything that can be tuned. */
final class TunableOperations {
    private TunableOperations() {}

    static <T extends TunableResource<?>> List<MBeanOperation<T>> all() {
        return List.of(
                tuning(
                        "changeSettings",
                        List.of(CHANGES),
                        "Changes several settings at once, all or none; answers all settings in force",
                        (resource, given) -> resource.writer().change(given.changes(resource.kind()))),
                tuning(
                        "undoLastChange",
                        List.of(),
                        "Puts the settings back to what they were before they last changed, up to 20 times",
                        (resource, given) -> resource.writer().undo()),
                tuning(
                        "revertSettings",
                        List.of(),
                        "Puts all settings back to what code and configuration say",
                        (resource, given) -> resource.writer().revert()));
    }

    private interface Change {
        TunableSettings<?> apply(TunableResource<?> resource, Parameter.Given given);
    }

    private static <T extends TunableResource<?>> MBeanOperation<T> tuning(
            String name, List<Parameter> parameters, String description, Change change) {
        return MBeanOperation.answering(
                name, parameters, String.class, description, (resource, given) -> text(change.apply(resource, given)));
    }

    /** A line each, as JConsole shows an answer in a small window that does not wrap. */
    private static String text(TunableSettings<?> settings) {
        return Setting.of(settings.kind()).stream()
                .map(setting -> setting.attributeName() + "=" + settings.get(setting))
                .collect(Collectors.joining("\n"));
    }
}
