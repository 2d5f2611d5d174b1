// SPDX-License-Identifier: Apache-2.0
package io.switchgear.benchmarks;

import io.switchgear.CircuitBreaking;
import jakarta.enterprise.context.ApplicationScoped;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A call of a method of an application-scoped bean in Weld SE, through client proxy and interceptor, with default
 * settings and a closed breaker. Each row has a separate container with one bean and one extension or interceptor, so
 * that no row pays for another; bean and method are the same in all of them.
 */
public class InterceptedCall {
    /** A bean with an intercepted method and a plain one. */
    @ApplicationScoped
    public static class NoOpBean {
        public Object bare(Work work) {
            return work.call();
        }

        @NoOp
        public Object guarded(Work work) {
            return work.call();
        }
    }

    /** The same bean with our annotation. */
    @ApplicationScoped
    public static class SwitchgearBean {
        @CircuitBreaking
        public Object guarded(Work work) {
            return work.call();
        }
    }

    /** The same bean with the annotation of MicroProfile, implemented by SmallRye. */
    @ApplicationScoped
    public static class SmallRyeBean {
        @org.eclipse.microprofile.faulttolerance.CircuitBreaker
        public Object guarded(Work work) {
            return work.call();
        }
    }

    /** A container with the interceptor that does nothing. */
    @State(Scope.Benchmark)
    public static class NoOpContainer {
        private final Container container = Container.with(NoOp.Proceeding.class, NoOpBean.class);
        final NoOpBean bean = container.proxy(NoOpBean.class);

        @Setup
        public void check() {
            container.mustIntercept("io.switchgear.benchmarks", () -> bean.guarded(null));
        }

        @TearDown
        public void stop() {
            container.close();
        }
    }

    /** A container with our extension. */
    @State(Scope.Benchmark)
    public static class SwitchgearContainer {
        private final Container container = Container.withExtensionsFrom("io.switchgear", SwitchgearBean.class);
        final SwitchgearBean bean = container.proxy(SwitchgearBean.class);

        @Setup
        public void check() {
            container.mustIntercept("io.switchgear.cdi", () -> bean.guarded(null));
        }

        @TearDown
        public void stop() {
            container.close();
        }
    }

    /** A container with SmallRye's extension. */
    @State(Scope.Benchmark)
    public static class SmallRyeContainer {
        private final Container container = Container.withExtensionsFrom("io.smallrye", SmallRyeBean.class);
        final SmallRyeBean bean = container.proxy(SmallRyeBean.class);

        @Setup
        public void check() {
            container.mustIntercept("io.smallrye.faulttolerance", () -> bean.guarded(null));
        }

        @TearDown
        public void stop() {
            container.close();
        }
    }

    /** Calls a method without interceptor, of a bean that has one on another method. */
    @Benchmark
    public Object bare(NoOpContainer cdi, Work work) {
        try {
            return cdi.bean.bare(work);
        } catch (Flaw flaw) {
            return flaw;
        }
    }

    /** Calls a method with the interceptor that does nothing: the floor. */
    @Benchmark
    public Object noOpInterceptor(NoOpContainer cdi, Work work) {
        try {
            return cdi.bean.guarded(work);
        } catch (Flaw flaw) {
            return flaw;
        }
    }

    /** Calls a method with our interceptor. */
    @Benchmark
    public Object switchgear(SwitchgearContainer cdi, Work work) {
        try {
            return cdi.bean.guarded(work);
        } catch (Flaw flaw) {
            return flaw;
        }
    }

    /** Calls a method with SmallRye's interceptor. */
    @Benchmark
    public Object smallRye(SmallRyeContainer cdi, Work work) {
        try {
            return cdi.bean.guarded(work);
        } catch (Flaw flaw) {
            return flaw;
        }
    }
}
