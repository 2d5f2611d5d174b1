package io.switchgear.example;

import jakarta.ejb.ApplicationException;

/** The backend failed. An application exception, so that a session bean passes it on as it is. */
@ApplicationException
public class BackendException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BackendException(String message) {
        super(message);
    }
}
