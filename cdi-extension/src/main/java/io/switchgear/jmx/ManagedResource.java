// SPDX-License-Identifier: Apache-2.0
package io.switchgear.jmx;

import java.util.List;
import javax.management.Attribute;
import javax.management.InvalidAttributeValueException;

/**
 * The resource that an MBean represents.
 *
 * @param <V> the source of its attributes
 */
interface ManagedResource<V> {
    /** Returns its name for messages, with the kind except for breakers, as kinds may share a name. */
    String label();

    /** Returns the values of its attributes at this moment. */
    V view(String lastRefusedChange);

    /** Sets writable attributes: all or none. */
    void set(List<Attribute> attributes) throws InvalidAttributeValueException;
}
