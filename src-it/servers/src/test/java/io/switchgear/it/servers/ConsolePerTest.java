// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Connects a separate console for each test. */
public abstract class ConsolePerTest {
    protected Console console;

    @BeforeEach
    public void connect() throws Exception {
        console = Console.connect();
    }

    @AfterEach
    public void disconnect() throws Exception {
        console.close();
    }
}
