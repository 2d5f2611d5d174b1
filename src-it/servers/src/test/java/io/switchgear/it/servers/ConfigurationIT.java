// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers;

import static org.assertj.core.api.Assertions.assertThat;

import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** Configuration of an application through MicroProfile Config, which WildFly has. */
@ArquillianTest
class ConfigurationIT {
    @Deployment(testable = false)
    static WebArchive war() {
        return Archives.guarded("configured.war", """
                switchgear.application = renamed
                switchgear.default.success-threshold = 4
                switchgear.breaker."Shelf#look()".failure-threshold = 77
                """);
    }

    @Test
    void microProfileConfigIsReadWhereTheServerHasIt() throws Exception {
        try (Console console = Console.connect()) {
            assertThat(console.applications()).containsExactly("renamed");
            assertThat(console.breaker("renamed", "Shelf#look()").get("FailureThreshold"))
                    .isEqualTo(77);
            assertThat(console.breaker("renamed", "Shelf#look()").get("SuccessThreshold"))
                    .isEqualTo(4);
        }
    }
}
