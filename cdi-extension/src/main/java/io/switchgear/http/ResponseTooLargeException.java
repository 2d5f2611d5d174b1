// SPDX-License-Identifier: Apache-2.0
package io.switchgear.http;

import java.io.IOException;

/**
 * Thrown for a response whose body is longer than {@link io.switchgear.settings.ServiceSettings#maxResponseBytes}, or,
 * with a status of 500 or more, than 1,000,000 bytes. It is a failure of the service, and is not retried.
 *
 * @since 0.1
 */
public class ResponseTooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final long maxResponseBytes;

    ResponseTooLargeException(String name, String method, long maxResponseBytes, String cure) {
        super(name + ": " + method + " has a response of more than " + maxResponseBytes + " bytes; " + cure);
        this.name = name;
        this.maxResponseBytes = maxResponseBytes;
    }

    /** Returns the name of the service. */
    public String name() {
        return name;
    }

    /** Returns the limit that was exceeded. */
    public long maxResponseBytes() {
        return maxResponseBytes;
    }
}
