// SPDX-License-Identifier: Apache-2.0
package io.switchgear.http;

import java.io.IOException;

/**
 * Represents a response: in the breaker, if its status is 500 or above, and in the retries. A caller gets the response
 * itself. It has no stack trace, which would show nothing of the failure.
 */
final class ServerErrorException extends IOException {
    private static final long serialVersionUID = 1L;

    ServerErrorException(int status) {
        super("HTTP " + status);
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
