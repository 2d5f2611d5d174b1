// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.wildfly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.CircuitBreakers;
import io.switchgear.it.servers.Archives;
import io.switchgear.it.wildfly.messaged.Clerk;
import io.switchgear.it.wildfly.messaged.Mail;
import io.switchgear.it.wildfly.messaged.MailServer;
import io.switchgear.it.wildfly.messaged.Subscription;
import jakarta.inject.Inject;
import java.lang.management.ManagementFactory;
import java.util.stream.Collectors;
import javax.management.ObjectName;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.as.arquillian.api.ServerSetup;
import org.jboss.as.arquillian.api.ServerSetupTask;
import org.jboss.as.arquillian.container.ManagementClient;
import org.jboss.dmr.ModelNode;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.ResourceAdapterArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** A message-driven bean, which is not a CDI bean: each annotation acts alone, and is in JMX from the start. */
@ArquillianTest
@ServerSetup(MessageDrivenBeansIT.DefaultAdapter.class)
class MessageDrivenBeansIT {
    /** Without an adapter by default, the server deploys no message-driven beans. */
    static class DefaultAdapter implements ServerSetupTask {
        @Override
        public void setup(ManagementClient server, String container) throws Exception {
            ModelNode write = operation("write-attribute");
            write.get("value").set("none");
            assertThat(server.getControllerClient()
                            .execute(write)
                            .get("outcome")
                            .asString())
                    .isEqualTo("success");
        }

        @Override
        public void tearDown(ManagementClient server, String container) throws Exception {
            server.getControllerClient().execute(operation("undefine-attribute"));
        }

        private static ModelNode operation(String name) {
            ModelNode operation = new ModelNode();
            operation.get("operation").set(name);
            operation.get("address").add("subsystem", "ejb3");
            operation.get("name").set("default-resource-adapter-name");
            return operation;
        }
    }

    private static final String ADAPTER =
            """
            <connector xmlns="https://jakarta.ee/xml/ns/jakartaee" version="2.1">
              <vendor-name>test</vendor-name>
              <eis-type>mail</eis-type>
              <resourceadapter-version>1</resourceadapter-version>
              <resourceadapter>
                <resourceadapter-class>%s</resourceadapter-class>
                <inbound-resourceadapter>
                  <messageadapter>
                    <messagelistener>
                      <messagelistener-type>%s</messagelistener-type>
                      <activationspec>
                        <activationspec-class>%s</activationspec-class>
                      </activationspec>
                    </messagelistener>
                  </messageadapter>
                </inbound-resourceadapter>
              </resourceadapter>
            </connector>
            """.formatted(MailServer.class.getName(), Mail.class.getName(), Subscription.class.getName());

    private static final String BINDING = """
            <jboss:ejb-jar xmlns:jboss="urn:jboss:jakartaee:1.0" xmlns="https://jakarta.ee/xml/ns/jakartaee"
                           xmlns:mdb="urn:resource-adapter-binding:2.0" version="4.0">
              <assembly-descriptor>
                <mdb:resource-adapter-binding>
                  <ejb-name>Clerk</ejb-name>
                  <mdb:resource-adapter-name>messaged.ear#mail.rar</mdb:resource-adapter-name>
                </mdb:resource-adapter-binding>
              </assembly-descriptor>
            </jboss:ejb-jar>
            """;

    @Inject
    CircuitBreakers breakers;

    @Deployment
    static EnterpriseArchive ear() {
        return ShrinkWrap.create(EnterpriseArchive.class, "messaged.ear")
                .addAsLibrary(Archives.extension())
                .addAsLibraries(Archives.testLibraries())
                .addAsLibrary(ShrinkWrap.create(JavaArchive.class, "mail.jar")
                        .addClasses(Mail.class, MailServer.class, Subscription.class))
                .addAsModule(ShrinkWrap.create(ResourceAdapterArchive.class, "mail.rar")
                        .addAsManifestResource(new StringAsset(ADAPTER), "ra.xml"))
                .addAsModule(ShrinkWrap.create(WebArchive.class, "messaged.war")
                        .addClasses(MessageDrivenBeansIT.class, Clerk.class)
                        // without it or a bean, WildFly does not start CDI for this archive of an EAR
                        .addAsWebInfResource(new StringAsset("<beans/>"), "beans.xml")
                        .addAsWebInfResource(new StringAsset(BINDING), "jboss-ejb3.xml"));
    }

    @Test
    void aBreakerGuards() throws Exception {
        long successes = breakers.find("mail").orElseThrow().snapshot().successes();
        assertThat(MailServer.send(Mail::guarded)).isEqualTo("received");
        assertThat(breakers.find("mail").orElseThrow().snapshot().successes()).isEqualTo(successes + 1);
    }

    @Test
    void retriesAloneRetry() throws Exception {
        assertThat(MailServer.send(Mail::retried)).isEqualTo("call 3");
    }

    @Test
    void aFallbackAloneReplaces() throws Exception {
        assertThat(MailServer.send(Mail::replaced)).isEqualTo("instead, since down");
    }

    @Test
    void aTimeLimitAloneInterrupts() {
        assertThatThrownBy(() -> MailServer.send(Mail::limited))
                .hasStackTraceContaining("Clerk#limited(): the call took more than 50 ms");
    }

    @Test
    void allAreInJmxBeforeTheFirstMessage() throws Exception {
        assertThat(ManagementFactory.getPlatformMBeanServer()
                        .queryNames(new ObjectName("io.switchgear:application=messaged,name=*,*"), null)
                        .stream()
                        .map(name -> name.getKeyProperty("type") + " " + name.getKeyProperty("name"))
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(
                        "CircuitBreakers \"mail\"",
                        "Retries \"Clerk#retried()\"",
                        "TimeLimits \"Clerk#limited()\"",
                        "Fallbacks \"Clerk#replaced()\"");
    }
}
