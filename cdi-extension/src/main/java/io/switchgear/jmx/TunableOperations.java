// SPDX-License-Identifier: Apache-2.0
package io.switchgear.jmx;

import static io.switchgear.jmx.Parameter.CHANGES;

import io.switchgear.settings.Setting;
import io.switchgear.settings.TunableSettings;
import java.util.List;
import java.util.stream.Collectors;

/** The operations that breakers and layers have in common. */
final class TunableOperations {
    private TunableOperations() {}

    static <T extends TunableResource<?>> List<MBeanOperation<T>> all() {
        return List.of(
                change(
                        "changeSettings",
                        List.of(CHANGES),
                        "Changes several settings at once, all or none; returns all settings in force",
                        (resource, given) -> resource.writer().change(given.changes(resource.kind()))),
                change(
                        "undoLastChange",
                        List.of(),
                        "Undoes the last change of settings; can be repeated for the last 20 changes",
                        (resource, given) -> resource.writer().undo()),
                change(
                        "revertSettings",
                        List.of(),
                        "Restores all settings of code and configuration",
                        (resource, given) -> resource.writer().revert()));
    }

    private interface Change {
        TunableSettings<?> apply(TunableResource<?> resource, Parameter.Given given);
    }

    private static <T extends TunableResource<?>> MBeanOperation<T> change(
            String name, List<Parameter> parameters, String description, Change change) {
        return MBeanOperation.changing(
                name, parameters, String.class, description, (resource, given) -> text(change.apply(resource, given)));
    }

    /** Returns one line per setting, as JConsole shows a result in a small window without line wrap. */
    static String text(TunableSettings<?> settings) {
        return Setting.of(settings.kind()).stream()
                .map(setting -> setting.attributeName() + "=" + settings.get(setting))
                .collect(Collectors.joining("\n"));
    }
}
