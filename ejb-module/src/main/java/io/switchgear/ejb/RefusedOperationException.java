// SPDX-License-Identifier: Apache-2.0
package io.switchgear.ejb;

import jakarta.ejb.ApplicationException;

/**
 * Thrown by {@link BreakerOperations} for what cannot be done; nothing has changed then. The message is a sentence. Its
 * transaction, if there is one, is not rolled back.
 *
 * @since 0.1
 */
@ApplicationException
public class RefusedOperationException extends RuntimeException {
    private static final long serialVersionUID = 1;

    RefusedOperationException(String message) {
        super(message);
    }
}
