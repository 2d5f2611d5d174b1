// SPDX-License-Identifier: Apache-2.0
package io.switchgear.example;

import jakarta.ejb.ApplicationException;

/** Thrown when the backend fails. An application exception, so that session beans throw it unwrapped. */
@ApplicationException
public class BackendException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BackendException(String message) {
        super(message);
    }
}
