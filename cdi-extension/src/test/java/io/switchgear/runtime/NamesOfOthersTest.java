// SPDX-License-Identifier: Apache-2.0
package io.switchgear.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.util.NoSuchElementException;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import org.junit.jupiter.api.Test;

/** Exceptions, which an application may show to its caller, do not contain the keys of other callers. */
class NamesOfOthersTest extends KeyedBreakerPoolTestCase {
    @Test
    void anUnknownNameIsReportedWithGroupsInsteadOfTheirKeys() {
        shop.breakers().perKey("tenants", 1, TestShop.SETTINGS).of("secret");
        shop.breakers().perKey("tenants", 1, TestShop.SETTINGS).of("another");
        assertThatThrownBy(() -> shop.breakers().get("tenants/x"))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessage("there is no breaker \"tenants/x\"; there are \"tenants/<key>\"");
        shop.breakers().create("users", TestShop.SETTINGS);
        assertThatThrownBy(() -> shop.breakers().get("tenants/x"))
                .hasMessage("there is no breaker \"tenants/x\"; there are \"tenants/<key>\", \"users\"");
    }

    @Test
    void aNameThatCodeGivesTooIsNoSecret() {
        shop.breakers().create("tenants/main", TestShop.SETTINGS);
        shop.breakers().perKey("tenants", 1, TestShop.SETTINGS).of("main");
        assertThatThrownBy(() -> shop.breakers().get("x")).hasMessageContaining("\"tenants/main\"");
    }

    @Test
    void neitherDoOtherRefusalsContainThem() {
        KeyedBreakerPool keyed = keyed(1);
        keyed.of("secret");
        assertThatThrownBy(() -> keyed.of(" ")).hasMessageNotContaining("secret");
        assertThatThrownBy(() -> shop.breakers().get("hosts/secret2")).hasMessageNotContaining("\"hosts/secret\"");
        KeysThatLockOutOthersTest.fail(keyed.of("further"), 3);
        assertThat(keyed.of("further").toString()).doesNotContain("secret");
        assertThat(keyed.toString()).doesNotContain("secret");
    }

    @Test
    void anUnknownNameIsRepeatedOnOneShortLine() {
        assertThatThrownBy(() -> shop.breakers().get("a\nb\u200b" + "x".repeat(1_000_000)))
                .message()
                .startsWith("there is no breaker \"a\\u000ab\\u200bxxx")
                .hasSizeLessThan(400);
        assertThatThrownBy(() -> shop.breakers().get(null)).hasMessage("there is no breaker null; there are none");
        assertThat(shop.breakers().find(null)).isEmpty();
        assertThat(shop.breakers().remove(null)).isFalse();
    }

    @Test
    void aConsoleSeesAll() throws Exception {
        keyed(1).of("secret");
        Object names = ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("io.switchgear:type=CircuitBreakers,application=test shop"),
                        "reset",
                        new Object[] {"hosts/*"},
                        new String[] {"java.lang.String"});
        assertThat((String[]) names).containsExactly("hosts/secret");
        assertThatThrownBy(() -> ManagementFactory.getPlatformMBeanServer()
                        .invoke(
                                new ObjectName("io.switchgear:type=CircuitBreakers,application=test shop"),
                                "reset",
                                new Object[] {"x"},
                                new String[] {"java.lang.String"}))
                .isInstanceOf(RuntimeMBeanException.class);
    }
}
