// SPDX-License-Identifier: Apache-2.0
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

/** Creates the notifications of MBeans. The text of each is complete, as consoles show little else. */
final class Notifications {
    private static final String STATE = "io.switchgear.state.";
    private static final String MODE = "io.switchgear.mode.";
    private static final String REFUSED = "io.switchgear.settings.refused";

    static final List<MBeanNotificationInfo> INFO = List.of(
            new MBeanNotificationInfo(
                    types(STATE, CircuitState.values()),
                    Notification.class.getName(),
                    "The state changed, or the breaker was reset"),
            new MBeanNotificationInfo(
                    types(MODE, BreakerMode.values()),
                    Notification.class.getName(),
                    "The mode, its reason or its end changed"),
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
     * Returns one notification for each setting that changed, one for a changed mode and one for a changed state. If
     * none of these changed, returns one of the mode if it is forced, as its reason or end changed, and otherwise one
     * of the state, as after the reset of a closed breaker.
     */
    static List<Notification> of(CircuitTransition transition, ObjectName source, LongSupplier numbers) {
        List<Notification> notices = new ArrayList<>();
        String tail = transition.by().isEmpty() ? "" : ", by " + transition.by();
        SettingsChange change = new SettingsChange(
                transition.name(), transition.fromSettings(), transition.settings(), transition.at(), transition.by());
        notices.addAll(of(change, source, numbers, tail));
        boolean moved = transition.to() != transition.from();
        boolean forced = transition.mode() == BreakerMode.FORCED_OPEN || transition.mode() == BreakerMode.FORCED_CLOSED;
        if (transition.mode() != transition.fromMode() || (notices.isEmpty() && !moved && forced)) {
            String text = transition.name() + ": mode " + transition.mode() + ", was " + transition.fromMode() + ": "
                    + transition.why() + tail;
            notices.add(notice(type(MODE, transition.mode()), transition, source, numbers, text));
        }
        if (moved || notices.isEmpty()) {
            String text = transition.name() + ": " + transition.to() + ", was " + transition.from() + ": "
                    + transition.why() + tail;
            notices.add(notice(type(STATE, transition.to()), transition, source, numbers, text));
        }
        return notices;
    }

    /** Returns a notification for each setting that changed. */
    static List<Notification> of(SettingsChange change, ObjectName source, LongSupplier numbers) {
        return of(change, source, numbers, ", by " + change.by());
    }

    private static List<Notification> of(SettingsChange change, ObjectName source, LongSupplier numbers, String tail) {
        return Setting.of(change.to().kind()).stream()
                .filter(setting ->
                        !change.to().get(setting).equals(change.from().get(setting)))
                .map(setting -> notice(setting, change, source, numbers, tail))
                .toList();
    }

    private static Notification notice(
            String type, CircuitTransition transition, ObjectName source, LongSupplier numbers, String text) {
        Notification notice = new Notification(
                type, source, numbers.getAsLong(), transition.at().toEpochMilli(), text);
        notice.setUserData(Tables.transition(transition));
        return notice;
    }

    private static Notification notice(
            Setting setting, SettingsChange change, ObjectName source, LongSupplier numbers, String tail) {
        Object before = MBeanAttribute.plain(change.from().get(setting));
        Object after = MBeanAttribute.plain(change.to().get(setting));
        return new AttributeChangeNotification(
                source,
                numbers.getAsLong(),
                change.at().toEpochMilli(),
                change.name() + ": " + setting.attributeName() + " from " + before + " to " + after + tail,
                setting.attributeName(),
                MBeanAttribute.typeOf(setting).getName(),
                before,
                after);
    }

    /** Returns the notification of a refused change. */
    static Notification refusal(ObjectName source, LongSupplier numbers, String text) {
        return new Notification(REFUSED, source, numbers.getAsLong(), text);
    }
}
