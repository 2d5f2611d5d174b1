// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.CircuitBreaking;
import io.switchgear.message.RecordedLog;
import jakarta.enterprise.context.Dependent;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** Beans with the annotations of another copy of the library. */
@DisabledIfSystemProperty(
        named = "cdi",
        matches = "openwebbeans",
        disabledReason = "OpenWebBeans loads all beans by name, with one class loader")
class OtherCopiesTest {
    @Dependent
    public static class Own {
        @CircuitBreaking
        public String find() {
            return "found";
        }
    }

    @Dependent
    public static class Foreign {
        @CircuitBreaking
        public String find() {
            return "found";
        }
    }

    /** Loads this test and the library itself, and all else as its parent does. */
    private static final class Copy extends URLClassLoader {
        Copy() {
            super(Stream.of(OtherCopiesTest.class, CircuitBreaking.class)
                    .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
                    .toArray(URL[]::new));
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("io.switchgear.")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? findClass(name) : loaded;
            }
        }
    }

    /** Deploys a bean of each copy, and returns the warnings. */
    private static List<String> warnings(Copy copy) throws ReflectiveOperationException {
        try (RecordedLog log = new RecordedLog();
                Application application = new Application(Own.class, copy.loadClass(Foreign.class.getName()))) {
            assertThat(application.names()).containsExactly("Own#find()");
            return log.lines().stream()
                    .filter(line -> line.contains("another copy"))
                    .toList();
        }
    }

    @Test
    void aBeanWithAnnotationsOfACopyThatWasStartedIsNotWarnedOf() throws IOException, ReflectiveOperationException {
        try (Copy copy = new Copy()) {
            Method begin = copy.loadClass("io.switchgear.cdi.OtherCopies").getDeclaredMethod("begin");
            begin.setAccessible(true);
            begin.invoke(null);
            assertThat(warnings(copy)).isEmpty();
        }
    }

    @Test
    void aBeanWithAnnotationsOfAnotherCopyIsWarnedOf() throws IOException, ReflectiveOperationException {
        try (Copy copy = new Copy()) {
            assertThat(warnings(copy))
                    .singleElement()
                    .asString()
                    .contains(Foreign.class.getName() + " in ", "@CircuitBreaking is of another copy of this library");
        }
    }
}
