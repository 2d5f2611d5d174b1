// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.wildfly;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Connects a separate console for each test. */
abstract class ConsolePerTest {
    Console console;

    @BeforeEach
    void connect() throws Exception {
        console = Console.connect();
    }

    @AfterEach
    void disconnect() throws Exception {
        console.close();
    }
}
