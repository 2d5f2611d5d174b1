package io.switchgear.jmx;

import io.switchgear.settings.Setting;
import io.switchgear.status.BreakerMode;
import io.switchgear.status.CircuitState;
import io.switchgear.status.CircuitTransition;
import io.switchgear.status.SettingsChange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import javax.management.AttributeChangeNotification;
import javax.management.MBeanNotificationInfo;
import javax.management.Notification;
import javax.management.ObjectName;

/** What is sent to those who subscribe. The text of each says all, as consoles show little else. */
final class Notifications {
    private static final String STATE = "io.switchgear.state.";
    private static final String MODE = "io.switchgear.mode.";
    private static final String REFUSED = "io.switchgear.settings.rejected";

    static final List<MBeanNotificationInfo> INFO = List.of(
            new MBeanNotificationInfo(
                    types(STATE, CircuitState.values()),
                    Notification.class.getName(),
                    "The state changed, or was reset"),
            new MBeanNotificationInfo(
                    types(MODE, BreakerMode.values()),
                    Notification.class.getName(),
                    "The operator's override, its reason or its end changed"),
            new MBeanNotificationInfo(
                    new String[] {AttributeChangeNotification.ATTRIBUTE_CHANGE},
                    AttributeChangeNotification.class.getName(),
                    "A setting changed"),
            new MBeanNotificationInfo(new String[] {REFUSED}, Notification.class.getName(), "A change was refused"));

    private Notifications() {}

    private static String[] types(String prefix, Enum<?>[] values) {
        return Arrays.stream(values).map(value -> type(prefix, value)).toArray(String[]::new);
    }

    private static String type(String prefix, Enum<?> value) {
        return prefix + value.name().toLowerCase(Locale.ROOT);
    }

    /**
     * One for each thing that a transition changed. If it changed none of them, it gave a forced mode another reason or
     * end, or reset a closed breaker, which is told as its state.
     */
    static List<Notification> of(CircuitTransition told, ObjectName source, LongSupplier numbers) {
        List<Notification> notices = new ArrayList<>();
        String tail = (told.by().isEmpty() ? "" : ", by " + told.by());
        SettingsChange change =
                new SettingsChange(told.name(), told.fromSettings(), told.settings(), told.at(), told.by());
        notices.addAll(of(change, source, numbers, tail));
        boolean moved = told.to() != told.from();
        boolean forced = told.mode() == BreakerMode.FORCED_OPEN || told.mode() == BreakerMode.FORCED_CLOSED;
        if (told.mode() != told.fromMode() || (notices.isEmpty() && !moved && forced)) {
            String text = told.name() + ": mode " + told.mode() + ", was " + told.fromMode() + ": " + told.why() + tail;
            notices.add(notice(type(MODE, told.mode()), told, source, numbers, text));
        }
        if (moved || notices.isEmpty()) {
            String text = told.name() + ": " + told.to() + ", was " + told.from() + ": " + told.why() + tail;
            notices.add(notice(type(STATE, told.to()), told, source, numbers, text));
        }
        return notices;
    }

    /** One for each setting that changed. */
    static List<Notification> of(SettingsChange told, ObjectName source, LongSupplier numbers) {
        return of(told, source, numbers, ", by " + told.by());
    }

    private static List<Notification> of(SettingsChange told, ObjectName source, LongSupplier numbers, String tail) {
        return Setting.of(told.to().kind()).stream()
                .filter(setting -> !told.to().get(setting).equals(told.from().get(setting)))
                .map(setting -> change(setting, told, source, numbers, tail))
                .toList();
    }

    private static Notification notice(
            String type, CircuitTransition told, ObjectName source, LongSupplier numbers, String text) {
        Notification notice =
                new Notification(type, source, numbers.getAsLong(), told.at().toEpochMilli(), text);
        notice.setUserData(Tables.event(told));
        return notice;
    }

    private static Notification change(
            Setting setting, SettingsChange told, ObjectName source, LongSupplier numbers, String tail) {
        Object before = MBeanAttribute.plain(told.from().get(setting));
        Object after = MBeanAttribute.plain(told.to().get(setting));
        return new AttributeChangeNotification(
                source,
                numbers.getAsLong(),
                told.at().toEpochMilli(),
                told.name() + ": " + setting.attributeName() + " from " + before + " to " + after + tail,
                setting.attributeName(),
                MBeanAttribute.typeOf(setting).getName(),
                before,
                after);
    }

    static Notification refusal(ObjectName source, LongSupplier numbers, String text) {
        return new Notification(REFUSED, source, numbers.getAsLong(), text);
    }
}
