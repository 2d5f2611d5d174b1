// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.wildfly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.switchgear.it.wildfly.unguarded.Page;
import io.switchgear.it.wildfly.unguarded.Teller;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

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
                .addClasses(Page.class, Teller.class)
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
    void aServletAndAMethodThatIsNoBusinessMethodAreRefused() throws Exception {
        assertThat(failureOf("unguarded"))
                .contains("unguarded.Page#doGet(jakarta.servlet.http.HttpServletRequest,"
                        + "jakarta.servlet.http.HttpServletResponse): @CircuitBreaking has no effect on a method of a"
                        + " servlet, which is called without interceptors; move the code to a CDI bean")
                .contains(
                        "unguarded.Teller#count(): @CircuitBreaking has no effect on a method of a session bean that is"
                                + " not public; make it public");
    }

    @Test
    void aServletInAnArchiveWithoutBeansIsRefusedToo() throws Exception {
        assertThat(failureOf("undiscovered"))
                .contains("unguarded.Page#doGet(jakarta.servlet.http.HttpServletRequest,"
                        + "jakarta.servlet.http.HttpServletResponse): @CircuitBreaking has no effect on a method of a"
                        + " servlet");
    }

    private String failureOf(String deployment) throws Exception {
        Throwable failure = catchThrowable(() -> deployer.deploy(deployment));
        try (Console console = Console.connect()) {
            assertThat(console.applications()).doesNotContain(deployment);
        }
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .map(String::valueOf)
                .collect(Collectors.joining("\n"));
    }
}
