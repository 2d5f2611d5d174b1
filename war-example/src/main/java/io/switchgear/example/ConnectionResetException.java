// SPDX-License-Identifier: Apache-2.0
package io.switchgear.example;

import java.net.SocketException;

/** Thrown when the connection to the backend is reset, with the exception that the JDK throws then as its cause. */
public class ConnectionResetException extends BackendException {
    private static final long serialVersionUID = 1L;

    ConnectionResetException(String message) {
        super(message);
        initCause(new SocketException("Connection reset"));
    }
}
