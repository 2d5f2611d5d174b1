// SPDX-License-Identifier: Apache-2.0
package io.switchgear.flight;

import io.switchgear.status.SettingsChange;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

@Name("io.switchgear.SettingsChange")
@Label("Settings Change")
@Category("Switchgear")
@Description("The settings of a circuit breaker, retry, fallback or service were changed")
@StackTrace(false)
final class SettingsChangeEvent extends Event {
    @Label("Kind")
    @Description("breaker, retry, fallback or service")
    String kind;

    @Label("Name")
    String name;

    @Label("Change")
    @Description("Each changed setting with its old and its new value")
    String change;

    @Label("By")
    String by;

    static void record(SettingsChange change) {
        SettingsChangeEvent event = new SettingsChangeEvent();
        if (event.isEnabled()) {
            event.kind = change.to().kind().word();
            event.name = change.name();
            event.change = change.from().changesTo(change.to());
            event.by = change.by();
            event.commit();
        }
    }
}
