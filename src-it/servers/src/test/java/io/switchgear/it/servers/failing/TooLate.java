// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers.failing;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.nio.file.Files;
import java.nio.file.Path;

/** Fails the deployment after the beans have started, as long as a file exists. */
@WebListener
public class TooLate implements ServletContextListener {
    /** Returns the file, in the server and in its tests. */
    public static Path file() {
        return Path.of(System.getProperty("server.log")).resolveSibling("deployments-fail");
    }

    @Override
    public void contextInitialized(ServletContextEvent event) {
        if (Files.exists(file())) {
            throw new IllegalStateException("failed on purpose");
        }
    }
}
