// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.switchgear.it.servers.guarded.Backend;
import io.switchgear.it.servers.guarded.Rest;
import io.switchgear.it.servers.guarded.Shelf;
import java.time.Duration;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The EJB module keeps what operators change in the server's default data source, without any configuration. */
@ArquillianTest
class DefaultDataSourceIT extends ConsolePerTest {
    private static final String SHELF = "Shelf#look()";
    private static final Duration SOON = Duration.ofSeconds(30);

    @ArquillianResource
    Deployer deployer;

    @Deployment(name = "kept-by-war", managed = false, testable = false)
    static WebArchive war() {
        return web("kept-by-war.war").addAsLibraries(Archives.extension(), Archives.ejbModule());
    }

    @Deployment(name = "kept-by-ear", managed = false, testable = false)
    static EnterpriseArchive ear() {
        return ShrinkWrap.create(EnterpriseArchive.class, "kept-by-ear.ear")
                .addAsModule(web("kept.war"))
                .addAsModule(Archives.ejbModule())
                .addAsLibrary(Archives.extension());
    }

    private static WebArchive web(String name) {
        return ShrinkWrap.create(WebArchive.class, name)
                .addClasses(Backend.class, Shelf.class, Rest.class, Rest.Rejected.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kept-by-war", "kept-by-ear"})
    void whatIsChangedOutlivesTheApplication(String application) throws Exception {
        deployer.deploy(application);
        try {
            await().atMost(SOON).until(() -> console.fleet(application).get("Connection"), "connected"::equals);
            assertThat(console.fleet(application).get("Store")).isEqualTo("database java:comp/DefaultDataSource");
            console.breaker(application, SHELF).set("FailureThreshold", 9);
            console.breaker(application, SHELF).run("forceOpen", "for the next deployment");
            await().atMost(SOON).until(() -> console.fleet(application).get("WaitingChanges"), none -> none.equals(0));
        } finally {
            deployer.undeploy(application);
        }

        deployer.deploy(application);
        try {
            await().atMost(SOON).until(() -> console.breaker(application, SHELF).get("Mode"), "FORCED_OPEN"::equals);
            assertThat(console.breaker(application, SHELF).get("FailureThreshold"))
                    .isEqualTo(9);
        } finally {
            deployer.undeploy(application);
        }
        assertThat(console.breakers()).isEmpty();
    }
}
