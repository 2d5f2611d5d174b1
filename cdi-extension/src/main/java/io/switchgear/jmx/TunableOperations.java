package io.switchgear.jmx;

import static io.switchgear.jmx.Parameter.CHANGES;

import io.switchgear.settings.TunableSettings;
import java.util.List;
import java.util.stream.Collectors;

/** What an operator can do to everything that can be tuned. */
final class TunableOperations {
    private TunableOperations() {}

    static <T extends TunableMBean<?, ?>> List<MBeanOperation<T>> all() {
        return List.of(
                tuning(
                        "changeSettings",
                        List.of(CHANGES),
                        "Changes several settings at once, all or none; answers all settings in force",
                        (face, given) -> face.tuner().change(given.changes(face.kind()))),
                tuning(
                        "undoLastChange",
                        List.of(),
                        "Puts the settings back to what they were before they last changed, up to 20 times",
                        (face, given) -> face.tuner().undo()),
                tuning(
                        "revertSettings",
                        List.of(),
                        "Puts all settings back to what code and configuration say",
                        (face, given) -> face.tuner().revert()));
    }

    private interface Change {
        TunableSettings<?> made(TunableMBean<?, ?> face, Parameter.Given given);
    }

    private static <T extends TunableMBean<?, ?>> MBeanOperation<T> tuning(
            String name, List<Parameter> parameters, String description, Change change) {
        return MBeanOperation.answering(
                name, parameters, String.class, description, (face, given) -> text(change.made(face, given)));
    }

    /** A line each, as JConsole shows an answer in a small window that does not wrap. */
    private static String text(TunableSettings<?> settings) {
        return settings.kind().settings().stream()
                .map(setting -> setting.attributeName() + "=" + setting.of(settings))
                .collect(Collectors.joining("\n"));
    }
}
