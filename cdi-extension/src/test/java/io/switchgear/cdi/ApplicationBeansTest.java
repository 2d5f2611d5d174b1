// SPDX-License-Identifier: Apache-2.0
package io.switchgear.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.reflect.Proxy;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ApplicationBeansTest {
    private final ApplicationBeans beans = new ApplicationBeans();

    private static Bean<?> bean(Class<?>... types) {
        return (Bean<?>) Proxy.newProxyInstance(
                Bean.class.getClassLoader(),
                new Class<?>[] {Bean.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getTypes" -> Set.of((Object[]) types);
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "equals" -> proxy == arguments[0];
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    /** Returns a bean manager that sees these beans only. */
    private static BeanManager sees(Bean<?>... visible) {
        return (BeanManager) Proxy.newProxyInstance(
                BeanManager.class.getClassLoader(),
                new Class<?>[] {BeanManager.class},
                (proxy, method, arguments) -> Set.of((Object[]) visible));
    }

    @Test
    void aBeanOfAnArchiveThatTheBeanManagerDoesNotSeeIsFound() {
        Bean<?> handler = bean(Object.class, String.class);
        beans.add(handler);
        beans.add(bean(Object.class, Integer.class));

        assertThat(beans.of(String.class, sees())).isEqualTo(Set.of(handler));
    }

    /** It knows which of the beans that were announced are enabled in the end. */
    @Test
    void theBeanManagerDecidesAmongTheBeansThatItSees() {
        Bean<?> enabled = bean(Object.class, String.class);
        beans.add(bean(Object.class, String.class));

        assertThat(beans.of(String.class, sees(enabled))).isEqualTo(Set.of(enabled));
    }
}
