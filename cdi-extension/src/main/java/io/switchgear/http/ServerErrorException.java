package io.switchgear.http;

import java.io.IOException;

/** Stands in a breaker for a response with a status of 500 or above. Never thrown, so without a stack trace. */
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
