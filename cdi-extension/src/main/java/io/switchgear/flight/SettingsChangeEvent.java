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
@Description("The settings of a circuit breaker, or of something around one, were changed")
@StackTrace(false)
final class SettingsChangeEvent extends Event {
    @Label("Kind")
    @Description("breaker, retry, fallback or service")
    String kind;

    @Label("Name")
    String name;

    @Label("Change")
    @Description("Each setting that was changed, from what and to what")
    String change;

    @Label("By")
    String by;

    static void tell(SettingsChange change) {
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
