// SPDX-License-Identifier: Apache-2.0
package io.switchgear.console.model;

/** A change was refused. The message is a sentence for the operator. */
public final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    RefusedException(String message) {
        super(message);
    }
}
