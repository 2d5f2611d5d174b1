// SPDX-License-Identifier: Apache-2.0
package io.switchgear.cdi;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The beans of all archives of an application. Intentional: a bean manager alone is not enough. On GlassFish and Payara
 * that of an extension is the one of its own archive, which does not see the classes of the web application around it.
 */
final class ApplicationBeans {
    private final Set<Bean<?>> announced = new HashSet<>();

    synchronized void add(Bean<?> bean) {
        announced.add(bean);
    }

    /** Returns the beans with this type, whatever their qualifiers are. */
    synchronized Set<Bean<?>> of(Class<?> type, BeanManager beanManager) {
        Set<Bean<?>> visible = beanManager.getBeans(type, Any.Literal.INSTANCE);
        return visible.isEmpty()
                ? announced.stream()
                        .filter(bean -> bean.getTypes().contains(type))
                        .collect(Collectors.toSet())
                : visible;
    }
}
