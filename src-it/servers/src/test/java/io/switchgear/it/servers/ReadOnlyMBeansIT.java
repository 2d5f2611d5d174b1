// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.it.servers.Console.RemoteMBean;
import java.util.List;
import java.util.stream.Stream;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.InvalidAttributeValueException;
import javax.management.MBeanAttributeInfo;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An application whose configuration forbids changes through JMX. */
@ArquillianTest
class ReadOnlyMBeansIT extends ConsolePerTest {
    private static final String REFUSAL = "switchgear.jmx.writable is false: nothing can be changed through JMX";

    private RemoteMBean shelf;
    private RemoteMBean all;

    @Deployment(testable = false)
    static WebArchive war() {
        return Archives.guarded("readonly.war", "switchgear.jmx.writable = false");
    }

    @BeforeEach
    void find() throws Exception {
        shelf = console.breaker("readonly", "Shelf#look()");
        all = console.all("readonly");
    }

    @Test
    void noAttributeIsAnnouncedAsWritable() throws Exception {
        assertThat(shelf.info().getAttributes()).noneMatch(MBeanAttributeInfo::isWritable);
        assertThat(all.get("Writable")).isEqualTo("false");
    }

    @Test
    void aWriteIsRefusedWithTheReason() throws Exception {
        assertThatThrownBy(() -> shelf.set("FailureThreshold", 9))
                .isInstanceOf(InvalidAttributeValueException.class)
                .hasMessageContaining(REFUSAL);
        assertThat(shelf.setAll(new AttributeList(List.of(new Attribute("FailureThreshold", 9)))))
                .isEmpty();

        assertThat(shelf.get("FailureThreshold")).isEqualTo(2);
        assertThat((String) shelf.get("LastRefusedChange")).contains(" " + REFUSAL + ", by ");
    }

    @Test
    void anOperationIsRefusedWithTheReason() throws Exception {
        assertRefused(() -> shelf.run("forceOpen", "maintenance"));
        assertRefused(() -> shelf.run("changeSettings", "FailureThreshold=9"));
        assertRefused(() -> all.run("forceOpen", "*", "maintenance"));

        assertThat(Server.get("readonly/shelf").statusCode()).isEqualTo(200);
        assertThat(shelf.get("Mode")).isEqualTo("AUTOMATIC");
    }

    @Test
    void anOperationThatChangesNothingIsAllowed() throws Exception {
        assertThat(all.run("exportSettings")).isEqualTo("# all settings are as configured");
    }

    private static void assertRefused(ThrowingCallable operation) {
        assertThatThrownBy(operation)
                .satisfies(refused -> assertThat(Stream.iterate(refused, cause -> cause != null, Throwable::getCause))
                        .anySatisfy(each -> assertThat(each)
                                .isExactlyInstanceOf(IllegalStateException.class)
                                .hasMessage(REFUSAL)));
    }
}
