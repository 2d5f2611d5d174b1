// SPDX-License-Identifier: Apache-2.0
package io.switchgear.standalone;

import io.switchgear.CacheKey;
import io.switchgear.CircuitBreaker;
import io.switchgear.CircuitBreaking;
import io.switchgear.CircuitOpenException;
import io.switchgear.KeyedBreakers;
import io.switchgear.settings.BreakerSettings;
import java.lang.management.ManagementFactory;
import java.util.concurrent.CompletableFuture;
import javax.management.ObjectName;

/** Uses nearly all features that need no CDI; {@link WithoutJakartaTest} checks each line that it prints. */
final class EverythingOnTheJdk {
    private EverythingOnTheJdk() {}

    public static void main(String... none) throws Exception {
        print("flight recorder " + ModuleLayer.boot().findModule("jdk.jfr").isPresent());
        try (Switchgear switchgear = Switchgear.start("jdk")) {
            BreakerSettings settings =
                    BreakerSettings.builder().failureThreshold(1).build();
            CircuitBreaker users = switchgear.breakers().create("users", settings);
            print("asynchronous "
                    + users.callAsync(() -> CompletableFuture.completedFuture("fine"))
                            .toCompletableFuture()
                            .join());
            users.callAsync(() -> CompletableFuture.failedFuture(new IllegalStateException("down")));
            try {
                users.run(() -> {});
            } catch (CircuitOpenException rejected) {
                print("rejected " + rejected.getMessage().replaceAll("\\d+", "n"));
                print("annotations " + rejected.getClass().getAnnotations().length);
            }
            try (KeyedBreakers hosts = switchgear.breakers().perKey("hosts", 10, settings)) {
                print("key " + hosts.of("a").call(() -> "fine"));
            }
            try {
                switchgear.breakers().guard("kept").lastGood().build();
            } catch (IllegalArgumentException refused) {
                print(refused.getMessage());
            }
            print("mbeans "
                    + ManagementFactory.getPlatformMBeanServer()
                            .queryNames(new ObjectName("io.switchgear:*"), null)
                            .size());
            print("member " + CircuitBreaking.class.getMethod("openMillis").getDefaultValue());
            print("parameter " + CacheKey.class.getAnnotations().length);
        }
        print("mbeans "
                + ManagementFactory.getPlatformMBeanServer()
                        .queryNames(new ObjectName("io.switchgear:*"), null)
                        .size());
        for (String absent : new String[] {
            "jakarta.ejb.ApplicationException",
            "jakarta.interceptor.InterceptorBinding",
            "com.github.benmanes.caffeine.cache.Caffeine",
            "org.eclipse.microprofile.config.ConfigProvider"
        }) {
            try {
                print("there is " + Class.forName(absent));
            } catch (ClassNotFoundException expected) {
                print("absent " + absent);
            }
        }
    }

    private static void print(String line) {
        System.out.println(line);
    }
}
