// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.it.servers.guarded.Backend;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** The guarded beans in a web application with the extension among its libraries and without {@code beans.xml}. */
@ArquillianTest
class GuardedBeansInWarIT extends GuardedBeans {
    @Deployment
    static WebArchive war() {
        return ShrinkWrap.create(WebArchive.class, "guarded.war")
                .addClasses(GuardedBeansInWarIT.class, GuardedBeans.class)
                .addPackage(Backend.class.getPackage())
                .addAsLibrary(Archives.extension())
                .addAsLibraries(Archives.testLibraries());
    }

    @Test
    @DisabledIfSystemProperty(
            named = "server.name",
            matches = "liberty|payara|glassfish8",
            disabledReason = "the server has MicroProfile Health")
    void theServerHasNoMicroProfileHealthAndEverythingWorks() {
        assertThatThrownBy(() -> Class.forName("org.eclipse.microprofile.health.HealthCheck"))
                .isInstanceOf(ClassNotFoundException.class);
    }
}
