// SPDX-License-Identifier: Apache-2.0
package io.switchgear.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.interceptor.AroundInvoke;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GuardInterceptorTest {
    @Test
    void eachInterceptorDeclaresItsMethodOnceAsGlassFishCallsEachDeclaration() {
        assertThat(GuardInterceptor.class.getDeclaredClasses())
                .hasSizeGreaterThan(3)
                .allSatisfy(interceptor -> assertThat(Stream.<Class<?>>iterate(
                                        interceptor, type -> type != Object.class, Class::getSuperclass)
                                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                                .filter(method -> method.isAnnotationPresent(AroundInvoke.class)))
                        .hasSize(1));
    }
}
