// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployer;

/** What an operator can read of a deployment that failed. */
final class FailedDeployment {
    private static final Path LOG = Path.of(System.getProperty("server.log"));

    private FailedDeployment() {}

    /**
     * Returns the server's response, and what the server has logged meanwhile: some respond with the first line only.
     */
    static String messages(Deployer deployer, String deployment) throws IOException {
        int logged = (int) Files.size(LOG);
        Throwable failure = catchThrowable(() -> deployer.deploy(deployment));
        assertThat(failure).as("the deployment of %s fails", deployment).isNotNull();
        byte[] log = Files.readAllBytes(LOG);
        String response = Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .map(String::valueOf)
                .collect(Collectors.joining("\n"));
        return response + "\n"
                + new String(Arrays.copyOfRange(log, Math.min(logged, log.length), log.length), StandardCharsets.UTF_8);
    }
}
