// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.wildfly;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.it.wildfly.guarded.Backend;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

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
    void theServerHasNoMicroProfileHealthAndEverythingWorks() {
        assertThatThrownBy(() -> Class.forName("org.eclipse.microprofile.health.HealthCheck"))
                .isInstanceOf(ClassNotFoundException.class);
    }
}
