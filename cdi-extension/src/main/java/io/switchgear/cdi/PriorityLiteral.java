// SPDX-License-Identifier: Apache-2.0
package io.switchgear.cdi;

import jakarta.annotation.Priority;
import jakarta.enterprise.util.AnnotationLiteral;

/** The annotation {@link Priority} with a configured value. */
@SuppressWarnings("serial") // never serialized
final class PriorityLiteral extends AnnotationLiteral<Priority> implements Priority {
    private final int value;

    PriorityLiteral(int value) {
        this.value = value;
    }

    @Override
    public int value() {
        return value;
    }
}
