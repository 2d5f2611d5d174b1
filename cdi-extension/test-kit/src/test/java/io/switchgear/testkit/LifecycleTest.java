// SPDX-License-Identifier: Apache-2.0
package io.switchgear.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.switchgear.standalone.Switchgear;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Tests from when until when a test has a clock. */
@SwitchgearTest
class LifecycleTest {
    private final VirtualClock ofConstructor;

    LifecycleTest(VirtualClock clock) {
        ofConstructor = clock;
    }

    @RepeatedTest(20)
    void eachTestHasAClock(VirtualClock clock) {
        assertThat(clock).isSameAs(ofConstructor);
        assertThat(clock.elapsed()).isZero();
        clock.advance(Duration.ofDays(1));
    }

    @Nested
    class Inner {
        @Test
        void sharesTheClockOfItsOuterInstance(VirtualClock clock) {
            assertThat(clock).isSameAs(ofConstructor);
        }
    }

    @Test
    void refusesToGoBackAndTooFar(VirtualClock clock) {
        clock.advance(Duration.ofDays(500));
        assertThatThrownBy(() -> clock.advance(Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a clock can be advanced by 0 to 36500 days in total, but was to be advanced by PT-0.001S"
                        + " after PT12000H");
        assertThatThrownBy(() -> clock.advance(Duration.ofDays(36_001))).isInstanceOf(IllegalArgumentException.class);
        assertThat(clock.elapsed()).isEqualTo(Duration.ofDays(500));
    }

    @Test
    void aSharedInstanceHasOneClockOnEveryThread() {
        Shared.SUM.set(0);
        run(Shared.class)
                .testEvents()
                .assertStatistics(counts -> counts.succeeded(10).failed(0));
        assertThat(Shared.SUM).hasValue(10);
    }

    @Test
    void aDynamicTestHasTheClockOfItsFactoryOnEveryThread() {
        run(Dynamic.class)
                .testEvents()
                .assertStatistics(counts -> counts.succeeded(Dynamic.TESTS).failed(0));
        assertThat(TimeOfThread.get()).isSameAs(ofConstructor);
    }

    @Test
    void aStaticMethodIsToldWhyItHasNoClock() {
        assertThat(failure(Static.class)).contains("as each test has its own; use a method @BeforeEach");
        assertThat(Static.given).isNull();
    }

    @Test
    void aTestThatCannotBeConstructedLeavesNoClock() {
        assertThat(failure(Broken.class)).contains("cannot be constructed");
        assertThat(Broken.left).isNull();
    }

    @Test
    void theApplicationEndsWithItsTest() throws Exception {
        run(Started.class)
                .testEvents()
                .assertStatistics(counts -> counts.succeeded(1).failed(0));
        assertThat(Started.names()).isZero();
    }

    private static org.junit.platform.testkit.engine.EngineExecutionResults run(Class<?> tests) {
        return EngineTestKit.engine("junit-jupiter")
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
                .configurationParameter("junit.jupiter.execution.parallel.mode.default", "concurrent")
                .configurationParameter("junit.jupiter.conditions.deactivate", "*")
                .selectors(selectClass(tests))
                .execute();
    }

    private static String failure(Class<?> tests) {
        return run(tests).allEvents().failed().stream()
                .map(event -> event.getPayload().orElseThrow().toString())
                .reduce("", String::concat);
    }

    @SwitchgearTest
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class Shared {
        static final AtomicInteger SUM = new AtomicInteger();
        private VirtualClock ofClass;

        @BeforeAll
        void before(VirtualClock clock) {
            ofClass = clock;
        }

        @RepeatedTest(10)
        void advances(VirtualClock clock) {
            clock.advance(Duration.ofSeconds(1));
        }

        @AfterAll
        void after(VirtualClock clock) {
            assertThat(clock).isSameAs(ofClass);
            SUM.set((int) clock.elapsed().toSeconds());
        }
    }

    @SwitchgearTest
    static class Dynamic {
        static final int TESTS = 50;

        @TestFactory
        Stream<DynamicTest> tests(VirtualClock clock) {
            return IntStream.range(0, TESTS)
                    .mapToObj(i -> DynamicTest.dynamicTest(
                            "test " + i, () -> assertThat(TimeOfThread.get()).isSameAs(clock)));
        }
    }

    @SwitchgearTest
    static class Static {
        static volatile VirtualClock given;

        @BeforeAll
        static void before(VirtualClock clock) {
            given = clock;
        }

        @Test
        void test() {}
    }

    @SwitchgearTest
    static class Broken {
        static volatile VirtualClock left;

        Broken() {
            throw new IllegalStateException("cannot be constructed");
        }

        @AfterAll
        static void after() {
            left = TimeOfThread.get();
        }

        @Test
        void test() {}
    }

    @SwitchgearTest
    static class Started {
        static int names() throws Exception {
            return ManagementFactory.getPlatformMBeanServer()
                    .queryNames(new ObjectName("io.switchgear:application=Started*,*"), null)
                    .size();
        }

        @Test
        void hasMBeans(Switchgear started) throws Exception {
            assertThat(started.breakers().all()).isEmpty();
            assertThat(names()).isEqualTo(1);
        }
    }
}
