// SPDX-License-Identifier: Apache-2.0
package io.switchgear.example;

import jakarta.ejb.ApplicationException;

/** Thrown when no further stream of events can be opened. An application exception, so that it is thrown unwrapped. */
@ApplicationException
public class TooManyStreamsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooManyStreamsException(int max) {
        super("all " + max
                + " streams of events are in use; close the page of the shop in another browser, or try again later");
    }
}
