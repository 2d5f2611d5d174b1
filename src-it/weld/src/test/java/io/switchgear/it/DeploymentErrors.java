// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Checks of applications whose deployment fails. */
final class DeploymentErrors {
    private DeploymentErrors() {}

    /** Checks that the deployment of a bean fails, and that the messages of its failure contain these sentences. */
    static void assertProblems(Class<?> bean, String... sentences) {
        assertProblems(sentences, bean);
    }

    static void assertProblems(String[] sentences, Class<?>... beans) {
        var deployment = assertThatThrownBy(() -> new Application(beans).close());
        for (String sentence : sentences) {
            deployment.hasStackTraceContaining(sentence);
        }
    }
}
