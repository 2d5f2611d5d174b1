// SPDX-License-Identifier: Apache-2.0
package io.switchgear.jmx;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.FailureRule;
import io.switchgear.breaker.Breaker;
import io.switchgear.guard.Fallback;
import io.switchgear.guard.Retry;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.FallbackSettings;
import io.switchgear.settings.RetrySettings;
import io.switchgear.settings.Tunable;
import io.switchgear.status.BreakerMode;
import io.switchgear.time.Time;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.InvalidAttributeValueException;
import javax.management.MBeanInfo;
import javax.management.ObjectName;
import javax.management.ReflectionException;
import javax.management.RuntimeMBeanException;
import javax.management.RuntimeOperationsException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A console that sends anything to each MBean: it gets a documented refusal, and nothing is half changed. */
@Timeout(120)
class HostileConsoleTest {
    private static final int STEPS = Integer.getInteger("switchgear.tries", 900);
    private static final long SEED = Long.getLong("switchgear.seed", new Random().nextLong());
    private static final String HUGE = "x".repeat(10_000_000);

    private static final List<Object> VALUES = new ArrayList<>(Arrays.asList(
            null,
            "",
            " ",
            "String",
            "\0",
            "a\nSGR0005: forged, by root",
            "\u202e\u2028",
            "NaN",
            "1e400",
            "-1",
            "0",
            "1",
            "5",
            "50",
            "1,5",
            "0x10",
            "9223372036854775808",
            "true",
            "\ud800",
            0,
            1,
            7,
            -1,
            Integer.MIN_VALUE,
            Long.MAX_VALUE,
            1L,
            Double.NaN,
            Double.POSITIVE_INFINITY,
            5.0,
            0.1f,
            (byte) 1,
            'c',
            true,
            new Object(),
            java.time.Instant.EPOCH,
            new int[] {1},
            new Object[] {null},
            new String[] {"1"},
            List.of(1),
            Thread.currentThread(),
            String.class,
            BreakerMode.OBSERVING,
            "AUTOMATIC",
            "OBSERVING",
            "FORCED_OPEN",
            "FailureThreshold=7",
            "FailureThreshold=7, OpenMillis=-1",
            "FailureThreshold=7,FailureThreshold=8",
            ",".repeat(1_000_000),
            "=".repeat(1_000),
            "*",
            "?*".repeat(500),
            "*a".repeat(2_000) + "b",
            "orders",
            "**",
            "*?*?*?*?*?*",
            HUGE));

    private final TestConsole console = new TestConsole("orders", "users", "a".repeat(4_000));
    private final Retry retry = new Retry("orders", RetrySettings.defaults(), FailureRule.ANY, Time.SYSTEM);
    private final Fallback<String> fallback = new Fallback<>(
            "orders", FallbackSettings.defaults(), FailureRule.ANY, "test", (call, failure, attempts) -> "B");
    private final Random random = new Random(SEED);
    private final List<ObjectName> names;

    HostileConsoleTest() {
        console.mbeans.add(retry, Origin.CODE);
        console.mbeans.add(fallback, Origin.CODE);
        names = List.copyOf(console.server.queryNames(TestConsole.objectName("io.switchgear:*"), null));
    }

    @AfterEach
    void close() {
        console.close();
    }

    private <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private String settings() {
        List<Tunable<?>> all = new ArrayList<>(console.breakers.values());
        all.addAll(List.of(retry, fallback));
        return all.stream()
                .map(tunable -> tunable.snapshot().settings().toString())
                .reduce("", String::concat);
    }

    private Callable<Object> attempt(ObjectName name) throws Exception {
        MBeanInfo info = console.server.getMBeanInfo(name);
        List<String> attributes = Stream.concat(
                        Arrays.stream(info.getAttributes()).map(each -> each.getName()),
                        Stream.of("", "Nothing", "mode", "a\nb", HUGE))
                .toList();
        switch (random.nextInt(6)) {
            case 0, 1 -> {
                Attribute attribute = new Attribute(any(attributes), any(VALUES));
                return () -> {
                    console.server.setAttribute(name, attribute);
                    return null;
                };
            }
            case 2 -> {
                AttributeList list = new AttributeList();
                for (int left = random.nextInt(5); left > 0; left--) {
                    list.add(new Attribute(any(attributes), any(VALUES)));
                }
                return () -> {
                    String before = settings();
                    if (console.server.setAttributes(name, list).isEmpty()) {
                        assertThat(settings()).isEqualTo(before);
                    }
                    return null;
                };
            }
            case 3 -> {
                String[] read = {any(attributes), random.nextBoolean() ? null : any(attributes)};
                return () -> console.server.getAttributes(name, read);
            }
            default -> {
                var operation = any(List.of(info.getOperations()));
                int count = random.nextInt(5) == 0 ? random.nextInt(5) : operation.getSignature().length;
                Object[] parameters =
                        Stream.generate(() -> any(VALUES)).limit(count).toArray();
                String[] signature = random.nextBoolean()
                        ? new String[random.nextInt(3)]
                        : Collections.nCopies(count, "java.lang.String").toArray(String[]::new);
                String called = random.nextInt(10) == 0 ? any(attributes) : operation.getName();
                return () -> console.server.invoke(name, called, parameters, signature);
            }
        }
    }

    private static boolean isDocumented(Exception thrown) {
        if (thrown instanceof RuntimeMBeanException refused) {
            return refused.getTargetException().getClass() == IllegalArgumentException.class
                    || refused.getTargetException().getClass() == IllegalStateException.class;
        }
        return thrown instanceof AttributeNotFoundException
                || thrown instanceof InvalidAttributeValueException
                || thrown instanceof ReflectionException
                || thrown instanceof RuntimeOperationsException;
    }

    private static Throwable root(Throwable thrown) {
        return thrown.getCause() == null ? thrown : root(thrown.getCause());
    }

    @Test
    void everyRequestIsDoneWholeOrRefusedWithASentence() throws Exception {
        for (int step = 0; step < STEPS; step++) {
            String what = "step " + step + " of -Dswitchgear.seed=" + SEED;
            Callable<Object> attempt = attempt(any(names));
            String before = settings();
            long start = System.nanoTime();
            try {
                attempt.call();
            } catch (Exception thrown) {
                assertThat(isDocumented(thrown)).as("%s: %s", what, thrown).isTrue();
                assertThat(root(thrown).getMessage())
                        .as(what)
                        .hasSizeLessThan(2_100)
                        .doesNotContainPattern("[\\p{Cntrl}\u2028\u2029\u202e]");
                assertThat(settings()).as(what).isEqualTo(before);
            }
            assertThat(System.nanoTime() - start).as(what).isLessThan(10_000_000_000L);
        }
        for (Breaker breaker : console.breakers.values()) {
            breaker.automatic();
            breaker.reset();
            BreakerSettings inForce = breaker.snapshot().settings();
            assertThat(inForce.with(java.util.Map.of())).isEqualTo(inForce);
            assertThat(breaker.call(() -> "works")).isEqualTo("works");
        }
    }

    @Test
    void aHundredThousandAttributesAreSetTogetherOrNotAtAll() throws Exception {
        AttributeList list = new AttributeList();
        for (int i = 1; i <= 100_000; i++) {
            list.add(new Attribute("FailureThreshold", 7));
        }
        assertThat(console.server.setAttributes(TestConsole.name("orders"), list))
                .hasSize(100_000);
        assertThat(console.get("orders", "FailureThreshold")).isEqualTo(7);
        list.add(new Attribute("OpenMillis", -1));
        list.add(new Attribute("FailureThreshold", 8));
        assertThat(console.server.setAttributes(TestConsole.name("orders"), list))
                .isEmpty();
        assertThat(console.get("orders", "FailureThreshold")).isEqualTo(7);
    }

    @Test
    void consolesNeedNoClassOfThisLibrary() throws Exception {
        for (ObjectName name : names) {
            MBeanInfo info = console.server.getMBeanInfo(name);
            Stream<String> types = Stream.concat(
                    Arrays.stream(info.getAttributes()).map(each -> each.getType()),
                    Arrays.stream(info.getOperations())
                            .flatMap(each -> Stream.concat(
                                    Stream.of(each.getReturnType()),
                                    Arrays.stream(each.getSignature()).map(parameter -> parameter.getType()))));
            assertThat(types).allMatch(type -> !type.contains("switchgear"));
        }
    }
}
