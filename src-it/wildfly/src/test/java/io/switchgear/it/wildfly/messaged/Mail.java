// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.wildfly.messaged;

/** The messages of the adapter. */
public interface Mail {
    String retried();

    String replaced();

    String guarded();

    String limited();
}
