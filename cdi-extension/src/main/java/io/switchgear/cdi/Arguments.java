// SPDX-License-Identifier: Apache-2.0
package io.switchgear.cdi;

import jakarta.interceptor.InvocationContext;

/** The arguments of an intercepted call. */
final class Arguments {
    private Arguments() {}

    /**
     * Returns the arguments of a call. GlassFish and Payara have {@code null} for a method of a session bean without
     * parameters.
     */
    static Object[] of(InvocationContext call) {
        Object[] arguments = call.getParameters();
        return arguments == null ? new Object[0] : arguments;
    }
}
