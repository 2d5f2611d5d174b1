// SPDX-License-Identifier: Apache-2.0
package io.switchgear.console;

import com.sun.tools.jconsole.JConsoleContext;
import com.sun.tools.jconsole.JConsoleContext.ConnectionState;
import io.switchgear.console.model.Link;
import java.io.IOException;
import javax.management.MBeanServerConnection;

/** The connection of JConsole, which opens it, and opens it again when it is lost and the user wants so. */
final class ConsoleLink implements Link {
    private final JConsoleContext context;

    ConsoleLink(JConsoleContext context) {
        this.context = context;
    }

    @Override
    public MBeanServerConnection connection() throws IOException {
        MBeanServerConnection present = context.getMBeanServerConnection();
        if (present == null || context.getConnectionState() != ConnectionState.CONNECTED) {
            throw new IOException("the console is not connected");
        }
        return present;
    }

    @Override
    public void lost() {
        // the console sees it itself
    }

    @Override
    public String title() {
        return "this JVM";
    }

    @Override
    public void close() {
        // the connection belongs to the console
    }
}
