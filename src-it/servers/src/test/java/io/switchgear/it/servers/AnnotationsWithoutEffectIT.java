// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.it.servers.unguarded.Page;
import io.switchgear.it.servers.unguarded.Teller;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** Deployments that fail, as the server would ignore an annotation. */
@ArquillianTest
class AnnotationsWithoutEffectIT {
    private static final String NO_DISCOVERY = """
            <beans xmlns="https://jakarta.ee/xml/ns/jakartaee" version="4.0" bean-discovery-mode="none"/>
            """;

    @ArquillianResource
    Deployer deployer;

    @Deployment(name = "unguarded", managed = false, testable = false)
    static WebArchive war() {
        return ShrinkWrap.create(WebArchive.class, "unguarded.war")
                .addClasses(Teller.class)
                .addAsLibrary(Archives.extension());
    }

    @Deployment(name = "served", managed = false, testable = false)
    static WebArchive withServlet() {
        return ShrinkWrap.create(WebArchive.class, "served.war")
                .addClasses(Page.class)
                .addAsLibrary(Archives.extension());
    }

    @Deployment(name = "undiscovered", managed = false, testable = false)
    static WebArchive withoutDiscovery() {
        return ShrinkWrap.create(WebArchive.class, "undiscovered.war")
                .addClasses(Page.class)
                .addAsWebInfResource(new StringAsset(NO_DISCOVERY), "beans.xml")
                .addAsLibrary(Archives.extension());
    }

    @Test
    void aMethodThatIsNoBusinessMethodIsRefused() throws Exception {
        assertThat(failureOf("unguarded"))
                .contains(
                        "unguarded.Teller#count(): @CircuitBreaking has no effect on a method of a session bean that is"
                                + " not public; make it public");
    }

    @Test
    @DisabledIfSystemProperty(
            named = "server.name",
            matches = "liberty|payara|glassfish.",
            disabledReason = "the server announces no servlet to extensions before the end of a deployment")
    void aServletIsRefused() throws Exception {
        assertThat(failureOf("served"))
                .contains("unguarded.Page#doGet(jakarta.servlet.http.HttpServletRequest,"
                        + "jakarta.servlet.http.HttpServletResponse): @CircuitBreaking has no effect on a method of a"
                        + " servlet, which is called without interceptors; move the code to a CDI bean");
    }

    @Test
    @DisabledIfSystemProperty(
            named = "server.name",
            matches = "liberty|payara|glassfish.",
            disabledReason = "the server announces no servlet to extensions before the end of a deployment")
    void aServletInAnArchiveWithoutBeansIsRefusedToo() throws Exception {
        assertThat(failureOf("undiscovered"))
                .contains("unguarded.Page#doGet(jakarta.servlet.http.HttpServletRequest,"
                        + "jakarta.servlet.http.HttpServletResponse): @CircuitBreaking has no effect on a method of a"
                        + " servlet");
    }

    private String failureOf(String deployment) throws Exception {
        String messages = FailedDeployment.messages(deployer, deployment);
        try (Console console = Console.connect()) {
            assertThat(console.applications()).doesNotContain(deployment);
        }
        return messages;
    }
}
