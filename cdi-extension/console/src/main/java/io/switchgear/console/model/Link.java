// SPDX-License-Identifier: Apache-2.0
package io.switchgear.console.model;

import java.io.IOException;
import javax.management.MBeanServerConnection;

/** A way to the MBeans of a JVM. All methods but {@link #title} are called by the thread of the model. */
public interface Link {
    /**
     * Returns the connection, and connects if there is none. Another object than before means a new connection.
     *
     * @throws IOException if the JVM cannot be reached; the message is a sentence
     */
    MBeanServerConnection connection() throws IOException;

    /** Drops the connection, as it has failed: the next call of {@link #connection} makes a new one. */
    void lost();

    /** Returns the name of the JVM, as the operator gave it. */
    String title();

    /** Closes what this link has opened. */
    void close();
}
