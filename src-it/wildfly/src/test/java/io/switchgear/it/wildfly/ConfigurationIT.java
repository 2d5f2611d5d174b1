package io.switchgear.it.wildfly;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.it.wildfly.guarded.Backend;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

@ArquillianTest
class ConfigurationIT {
    /** WildFly has MicroProfile Config, which reads this file of an application. */
    @Deployment(testable = false)
    static WebArchive war() {
        return ShrinkWrap.create(WebArchive.class, "configured.war")
                .addPackage(Backend.class.getPackage())
                .addAsLibrary(Archives.extension())
                .addAsResource(new StringAsset("""
                                switchgear.application = renamed
                                switchgear.default.success-threshold = 4
                                switchgear.breaker."Shelf#look()".failure-threshold = 77
                                """), "META-INF/microprofile-config.properties");
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
