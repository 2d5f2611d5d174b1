package io.switchgear.jmx;

import java.util.List;
import javax.management.Attribute;
import javax.management.InvalidAttributeValueException;

/**
 * What an MBean represents.
 *
 * @param <V> what its attributes are read from
 */
interface ManagedResource<V> {
    /** Returns its name in messages, with its kind where other kinds may have the same name. */
    String label();

    /** Returns what there is to see at this moment. */
    V view(String lastRejectedChange);

    /** Sets writable attributes, all or none. */
    void set(List<Attribute> attributes) throws InvalidAttributeValueException;
}
