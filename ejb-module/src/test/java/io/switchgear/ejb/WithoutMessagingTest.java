// SPDX-License-Identifier: Apache-2.0
package io.switchgear.ejb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** A server of the web profile, which has no classes of Jakarta Messaging. */
class WithoutMessagingTest {
    /** Loads this module again, without Jakarta Messaging. */
    private static final class WebProfile extends ClassLoader {
        WebProfile() {
            super(FleetRuntime.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("jakarta.jms.")) {
                throw new ClassNotFoundException(name);
            }
            if (!name.startsWith("io.switchgear.ejb.")) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            try (InputStream bytes = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] code = bytes.readAllBytes();
                return defineClass(name, code, 0, code.length);
            } catch (IOException failed) {
                throw new ClassNotFoundException(name, failed);
            }
        }
    }

    private final ClassLoader server = new WebProfile();

    @Test
    void theBeansCanBeReadAndCreated() throws Exception {
        for (Class<?> bean : new Class<?>[] {FleetRuntime.class, StatusReporter.class, BreakerOperations.class}) {
            Class<?> there = Class.forName(bean.getName(), true, server);
            assertThat(there).isNotSameAs(bean);
            assertThat(there.getDeclaredMethods()).hasSameSizeAs(bean.getDeclaredMethods());
            assertThat(there.getDeclaredFields()).hasSameSizeAs(bean.getDeclaredFields());
            assertThat(Arrays.stream(there.getDeclaredFields())
                            .map(field -> field.getType().getName()))
                    .noneMatch(type -> type.startsWith("jakarta.jms."));
            assertThat(there.getDeclaredConstructor().newInstance()).isNotNull();
        }
    }

    @Test
    void theTopicCannotBeUsed() {
        assertThatExceptionOfType(LinkageError.class)
                .isThrownBy(() ->
                        Class.forName(FleetTopic.class.getName(), true, server).getDeclaredMethods());
    }
}
