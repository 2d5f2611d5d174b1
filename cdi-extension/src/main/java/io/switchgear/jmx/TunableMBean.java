package io.switchgear.jmx;

import io.switchgear.message.Text;
import io.switchgear.settings.Setting;
import io.switchgear.settings.Tunable;
import io.switchgear.settings.TunableKind;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javax.management.Attribute;
import javax.management.AttributeNotFoundException;
import javax.management.InvalidAttributeValueException;
import javax.management.Notification;

/** The MBean of something that can be tuned. */
abstract class TunableMBean<V extends TunableView, T> extends AbstractMBean<V, T> {
    private final Tunable<?> tunable;

    TunableMBean(MBeanContext cabinet, MBeanModel<V, T> vocabulary, Tunable<?> tunable) {
        super(cabinet, vocabulary);
        this.tunable = tunable;
    }

    Tunable<?> tunable() {
        return tunable;
    }

    final TunableKind kind() {
        return tunable.configuredSettings().kind();
    }

    final SettingsWriter<?> tuner() {
        return new SettingsWriter<>(tunable, cabinet().saved());
    }

    @Override
    final String name() {
        return tunable.name();
    }

    @Override
    final String label() {
        return kind().label(name());
    }

    @Override
    void set(List<Attribute> attributes) throws AttributeNotFoundException, InvalidAttributeValueException {
        Map<Setting, Object> settings = new EnumMap<>(Setting.class);
        for (Attribute attribute : attributes) {
            settings.put(setting(attribute.getName()), attribute.getValue());
        }
        try {
            tuner().change(settings);
        } catch (IllegalArgumentException refused) {
            throw new InvalidAttributeValueException(refused.getMessage());
        }
    }

    private Setting setting(String attribute) throws AttributeNotFoundException {
        MBeanAttribute<V> known = vocabulary().attributes().get(attribute);
        if (known == null || known.setting() == null) {
            throw new AttributeNotFoundException(Text.printable(attribute)
                    + (known == null
                            ? " is no attribute of " + vocabulary().kind().replaceFirst("^A", "a")
                            : " can be read but not set"));
        }
        return known.setting();
    }

    @Override
    final void tell(Notification notice) {
        super.tell(notice);
        cabinet().tell(notice);
    }
}
