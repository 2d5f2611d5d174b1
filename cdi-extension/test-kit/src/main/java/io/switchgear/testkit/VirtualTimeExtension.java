// SPDX-License-Identifier: Apache-2.0
package io.switchgear.testkit;

import io.switchgear.CircuitBreakers;
import io.switchgear.standalone.Switchgear;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;

/**
 * Gives each test instance a clock, from before its construction until after its last test. Intentional: a method of a
 * class whose instance is shared may run on another thread than the constructor, and takes the clock from the store of
 * the class; all others find it on their thread.
 */
final class VirtualTimeExtension
        implements TestInstancePreConstructCallback,
                InvocationInterceptor,
                BeforeEachCallback,
                AfterEachCallback,
                AfterAllCallback,
                ParameterResolver {
    private static final AtomicLong APPLICATIONS = new AtomicLong();

    private static final Namespace NAMESPACE = Namespace.create(VirtualTimeExtension.class);

    @Override
    public void preConstructTestInstance(TestInstanceFactoryContext instance, ExtensionContext context) {
        // a nested instance belongs to the test of the outer one
        VirtualClock clock = instance.getOuterInstance().isPresent() ? clock(context) : null;
        if (clock == null) {
            clock = new VirtualClock();
        }
        if (context.getTestInstanceLifecycle().equals(Optional.of(Lifecycle.PER_CLASS))) {
            context.getStore(NAMESPACE).put(VirtualClock.class, clock);
        }
        TimeOfThread.set(clock);
    }

    /** Takes the clock from the thread if there is no instance, since nothing else is called then. */
    @Override
    public <T> T interceptTestClassConstructor(
            Invocation<T> construction,
            ReflectiveInvocationContext<Constructor<T>> constructor,
            ExtensionContext context)
            throws Throwable {
        boolean constructed = false;
        try {
            T instance = construction.proceed();
            constructed = true;
            return instance;
        } finally {
            if (!constructed) {
                TimeOfThread.set(null);
            }
        }
    }

    /** Returns the clock of the test; {@code null} if it has none yet. */
    private static VirtualClock clock(ExtensionContext context) {
        VirtualClock ofClass = context.getStore(NAMESPACE).get(VirtualClock.class, VirtualClock.class);
        return ofClass == null ? TimeOfThread.get() : ofClass;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        TimeOfThread.set(clock(context));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        end(context);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        end(context);
    }

    private static void end(ExtensionContext context) {
        TimeOfThread.set(null);
        // that of this context alone
        Switchgear started = context.getStore(NAMESPACE).remove(Switchgear.class, Switchgear.class);
        if (started != null) {
            started.close();
        }
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
