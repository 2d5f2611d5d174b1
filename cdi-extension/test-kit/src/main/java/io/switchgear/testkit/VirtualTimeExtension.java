// SPDX-License-Identifier: Apache-2.0
package io.switchgear.testkit;

import io.switchgear.CircuitBreakers;
import io.switchgear.standalone.Switchgear;
import java.lang.reflect.Method;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;

/**
 * Gives each test instance a clock, from before its construction until after its last test. The clock is in the store
 * of the context that the instance belongs to, and on the thread of that context. JUnit closes what is in the store,
 * whatever has failed.
 */
final class VirtualTimeExtension
        implements TestInstancePreConstructCallback, BeforeEachCallback, InvocationInterceptor, ParameterResolver {
    /**
     * The use of a clock by a thread, until it is closed on that thread. The clock before is that of a test whose
     * thread runs another one while it waits, as JUnit's pool does.
     */
    private record Use(VirtualClock before) implements AutoCloseable {
        @Override
        public void close() {
            TimeOfThread.set(before);
        }
    }

    private static final AtomicLong APPLICATIONS = new AtomicLong();

    private static final Namespace NAMESPACE = Namespace.create(VirtualTimeExtension.class);

    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
        // that of the test, unless the instance is shared
        return ExtensionContextScope.TEST_METHOD;
    }

    @Override
    public void preConstructTestInstance(TestInstanceFactoryContext instance, ExtensionContext context) {
        // a nested instance belongs to the test of the outer one
        if (instance.getOuterInstance().isEmpty() || clock(context) == null) {
            context.getStore(NAMESPACE).put(VirtualClock.class, new VirtualClock());
        }
        use(context);
    }

    /** A test of a shared instance may run on another thread than the constructor. */
    @Override
    public void beforeEach(ExtensionContext context) {
        use(context);
    }

    /** A dynamic test may run on another thread than its factory. */
    @Override
    public void interceptDynamicTest(
            Invocation<Void> test, DynamicTestInvocationContext invocation, ExtensionContext context) throws Throwable {
        use(context);
        test.proceed();
    }

    private static void use(ExtensionContext context) {
        VirtualClock before = TimeOfThread.get();
        VirtualClock clock = clock(context);
        if (before != clock) {
            TimeOfThread.set(clock);
            context.getStore(NAMESPACE).put(Use.class, new Use(before));
        }
    }

    /** Returns the clock of the test; {@code null} if it has none yet. */
    private static VirtualClock clock(ExtensionContext context) {
        return context.getStore(NAMESPACE).get(VirtualClock.class, VirtualClock.class);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == VirtualClock.class
                || ((type == Switchgear.class || type == CircuitBreakers.class)
                        && parameter.getDeclaringExecutable() instanceof Method);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        if (type == VirtualClock.class) {
            VirtualClock clock = clock(context);
            if (clock == null) {
                throw new ParameterResolutionException("a static method @BeforeAll or @AfterAll has no VirtualClock,"
                        + " as each test has its own; use a method @BeforeEach, or @TestInstance(PER_CLASS)");
            }
            return clock;
        }
        Switchgear started = started(context);
        return type == Switchgear.class ? started : started.breakers();
    }

    /** Returns the application of the test, which its store closes. */
    private static Switchgear started(ExtensionContext context) {
        Store store = context.getStore(NAMESPACE);
        Switchgear present = store.get(Switchgear.class, Switchgear.class);
        if (present == null) {
            // MBeans of tests that run in parallel must not meet
            present = Switchgear.start(
                    context.getRequiredTestClass().getSimpleName() + " " + APPLICATIONS.incrementAndGet());
            store.put(Switchgear.class, present);
        }
        return present;
    }
}
