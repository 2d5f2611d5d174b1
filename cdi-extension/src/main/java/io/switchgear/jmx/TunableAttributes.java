// SPDX-License-Identifier: Apache-2.0
package io.switchgear.jmx;

import static io.switchgear.jmx.MBeanAttribute.reading;
import static io.switchgear.jmx.Tables.text;

import io.switchgear.settings.Setting;
import io.switchgear.settings.TunableKind;
import java.util.stream.Stream;
import javax.management.openmbean.TabularData;

/** The attributes that breakers and layers have in common. */
final class TunableAttributes {
    private TunableAttributes() {}

    /** Returns the attributes of all settings, which are writable. */
    static <V extends TunableView> Stream<MBeanAttribute<V>> settings(TunableKind kind) {
        return Setting.of(kind).stream()
                .map(setting ->
                        MBeanAttribute.of(setting, view -> view.snapshot().settings()));
    }

    /** Returns the attributes for the guarded methods, the origin of settings and the last changes. */
    static <V extends TunableView> Stream<MBeanAttribute<V>> origin() {
        return Stream.of(
                reading(
                        "Methods",
                        String[].class,
                        "Methods that it guards",
                        v -> v.origin().methods().get().toArray(String[]::new)),
                reading(
                        "ChangedSettings",
                        String.class,
                        "Settings that differ from code and configuration, with the author of each change; not saved: only until"
                                + " the application stops",
                        Tables::changedSettings),
                reading(
                        "Settings",
                        TabularData.class,
                        "All settings as a table, with origin, unit and bounds, for programs",
                        Tables::settings),
                reading(
                        "LastChange",
                        String.class,
                        "Last change by an operator, the application or configuration: time, change and author",
                        v -> text(v.snapshot().lastChange())),
                reading(
                        "LastRefusedChange",
                        String.class,
                        "Last change refused here: time, reason and author; some consoles do not show refusals",
                        TunableView::lastRefusedChange));
    }
}
