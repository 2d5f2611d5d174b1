// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;

/** A test whose applications must leave no MBean of the library, even if their deployment fails. */
interface LeavesNoMBeans {
    @AfterEach
    default void nothingIsLeftBehind() {
        assertThat(Application.everything()).isEmpty();
    }
}
