// SPDX-License-Identifier: Apache-2.0
package io.switchgear.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.interceptor.InvocationContext;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
    private static InvocationContext callWith(Object... arguments) {
        return (InvocationContext) Proxy.newProxyInstance(
                ArgumentsTest.class.getClassLoader(),
                new Class<?>[] {InvocationContext.class},
                (proxy, method, none) -> method.getName().equals("getParameters") ? arguments : null);
    }

    @Test
    void theArgumentsAreThoseOfTheCall() {
        assertThat(Arguments.of(callWith("a", 2))).containsExactly("a", 2);
    }

    @Test
    void aCallWithoutArgumentsOnGlassFishHasNone() {
        assertThat(Arguments.of(callWith((Object[]) null))).isEmpty();
    }
}
