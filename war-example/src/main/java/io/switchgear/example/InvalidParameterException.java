// SPDX-License-Identifier: Apache-2.0
package io.switchgear.example;

/** Thrown when a visitor sends a value that a parameter does not accept. */
public class InvalidParameterException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidParameterException(String message) {
        super(message);
    }
}
