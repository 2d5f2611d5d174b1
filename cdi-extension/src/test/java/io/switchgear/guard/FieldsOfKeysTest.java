// SPDX-License-Identifier: Apache-2.0
package io.switchgear.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.lang.reflect.Constructor;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import javax.net.ssl.SNIHostName;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The fields of arguments are looked up once for each class, and the class keeps nothing of this library. */
class FieldsOfKeysTest {
    private static final int MAX_BYTES_PER_KEY = 500;
    private static final int KEYS = 10_000;

    record Place(int row, int seat) {}

    @Test
    void aKeyTakesLittleMemoryForItsFields() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Place place = new Place(3, 4);
        ArgumentKey last = new ArgumentKey(place);
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        for (int i = 0; i < KEYS; i++) {
            last = new ArgumentKey(place);
        }
        long bytes = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
        assertThat(last).isEqualTo(new ArgumentKey(new Place(3, 4)));
        assertThat(bytes / KEYS).isLessThan(MAX_BYTES_PER_KEY);
    }

    @Test
    void aValueInAModuleThatIsNotOpenIsRefusedForThatReason() {
        SNIHostName host = new SNIHostName("shop");
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> new ArgumentKey(host))
                    .isInstanceOf(ArgumentKey.RefusedException.class)
                    .hasMessage("a javax.net.ssl.SNIHostName, whose fields cannot be read, as module java.base does not"
                            + " open javax.net.ssl");
        }
    }

    private static WeakReference<ClassLoader> loaderOfAnUndeployedLibrary(Object argument) throws Exception {
        URL classes = ArgumentKey.class.getProtectionDomain().getCodeSource().getLocation();
        try (URLClassLoader loader = new URLClassLoader(new URL[] {classes}, ClassLoader.getPlatformClassLoader())) {
            Class<?> copy = loader.loadClass(ArgumentKey.class.getName());
            assertThat(copy).isNotSameAs(ArgumentKey.class);
            Constructor<?> constructor = copy.getDeclaredConstructor(Object[].class);
            constructor.setAccessible(true);
            assertThat(constructor.newInstance((Object) new Object[] {argument}).hashCode())
                    .isEqualTo(new ArgumentKey(argument).hashCode());
            return new WeakReference<>(loader);
        }
    }

    @Test
    void theClassOfAnArgumentDoesNotKeepAnUndeployedLibraryInMemory() throws Exception {
        WeakReference<ClassLoader> undeployed = loaderOfAnUndeployedLibrary(new Place(1, 2));
        Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            System.gc();
            assertThat(undeployed.get()).isNull();
        });
    }
}
