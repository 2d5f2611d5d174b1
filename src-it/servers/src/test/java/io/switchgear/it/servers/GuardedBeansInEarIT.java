// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.it.servers.guarded.Backend;
import io.switchgear.it.servers.guarded.Counter;
import io.switchgear.it.servers.guarded.Kiosk;
import io.switchgear.it.servers.guarded.Rest;
import io.switchgear.it.servers.guarded.Shelf;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/**
 * The guarded beans in an enterprise application, with the extension in its {@code lib} and the beans, the EJB module
 * and the web application as modules.
 */
@ArquillianTest
class GuardedBeansInEarIT extends GuardedBeans {
    @Deployment
    static EnterpriseArchive ear() {
        Class<?>[] resources = {Shelf.class, Kiosk.class, Counter.class, Rest.class, Rest.Rejected.class};
        JavaArchive beans = ShrinkWrap.create(JavaArchive.class, "beans.jar")
                .addPackage(Backend.class.getPackage())
                .deleteClasses(resources);
        WebArchive web = ShrinkWrap.create(WebArchive.class, "guarded.war")
                .addClasses(GuardedBeansInEarIT.class, GuardedBeans.class)
                .addClasses(resources);
        return ShrinkWrap.create(EnterpriseArchive.class, "guarded.ear")
                .addAsModules(beans, web)
                .addAsModule(Archives.ejbModule())
                .addAsLibrary(Archives.extension())
                .addAsLibraries(Archives.testLibraries());
    }

    @Test
    void theEjbModuleReportsTheBreakersOfTheOtherModulesWhenTheApplicationStarts() throws Exception {
        String log = Files.readString(Path.of(System.getProperty("server.log")));

        assertThat(log)
                .containsPattern("Circuit breakers: \\d+, open: \\d+, .*, in need of attention: 0")
                .containsPattern("  CLOSED +Shelf#look\\(\\) +0 of 0 calls rejected, 0 failed")
                .containsPattern("  CLOSED +Post#send\\(\\) +0 of 0 calls rejected, 0 failed");
    }
}
