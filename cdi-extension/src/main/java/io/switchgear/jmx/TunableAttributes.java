package io.switchgear.jmx;

import static io.switchgear.jmx.MBeanAttribute.reading;
import static io.switchgear.jmx.Tables.text;

import io.switchgear.settings.Setting;
import io.switchgear.settings.TunableKind;
import java.util.stream.Stream;
import javax.management.openmbean.TabularData;

/** The attributes that everything has that can be tuned. */
final class TunableAttributes {
    private TunableAttributes() {}

    /** One for each setting; these may be written. */
    static <V extends TunableView> Stream<MBeanAttribute<V>> settings(TunableKind kind) {
        return Setting.of(kind).stream()
                .map(setting ->
                        MBeanAttribute.of(setting, view -> view.snapshot().settings()));
    }

    /** What it belongs to, and what became of its settings. */
    static <V extends TunableView> Stream<MBeanAttribute<V>> origin() {
        return Stream.of(
                reading(
                        "Methods",
                        String[].class,
                        "What it guards",
                        v -> v.origin().methods().get().toArray(String[]::new)),
                reading(
                        "ChangedSettings",
                        String.class,
                        "The settings that are not as configured, and who changed them",
                        Tables::changedSettings),
                reading(
                        "Settings",
                        TabularData.class,
                        "All settings with where they come from, for programs",
                        Tables::settings),
                reading(
                        "LastChange",
                        String.class,
                        "The last change that somebody made: when, what and by whom",
                        v -> text(v.snapshot().lastChange())),
                reading(
                        "LastRejectedChange",
                        String.class,
                        "The last change refused here: when, why and by whom, for consoles that hide it",
                        TunableView::lastRejectedChange));
    }
}
