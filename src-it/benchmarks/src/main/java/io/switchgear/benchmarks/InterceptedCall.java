// SPDX-License-Identifier: Apache-2.0
package io.switchgear.benchmarks;

import io.switchgear.CircuitBreaking;
import jakarta.enterprise.context.ApplicationScoped;
import org.openjdk.jmh.annotations.Benchmark;

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
    public static class NoOpContainer extends ContainedBean<NoOpBean> {
        public NoOpContainer() {
            super(
                    Container.with(NoOp.Proceeding.class, NoOpBean.class),
                    NoOpBean.class,
                    "io.switchgear.benchmarks",
                    bean -> bean.guarded(null));
        }
    }

    /** A container with our extension. */
    public static class SwitchgearContainer extends ContainedBean<SwitchgearBean> {
        public SwitchgearContainer() {
            super(
                    Container.withExtensionsFrom("io.switchgear", SwitchgearBean.class),
                    SwitchgearBean.class,
                    "io.switchgear.cdi",
                    bean -> bean.guarded(null));
        }
    }

    /** A container with SmallRye's extension. */
    public static class SmallRyeContainer extends ContainedBean<SmallRyeBean> {
        public SmallRyeContainer() {
            super(
                    Container.withExtensionsFrom("io.smallrye", SmallRyeBean.class),
                    SmallRyeBean.class,
                    "io.smallrye.faulttolerance",
                    bean -> bean.guarded(null));
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
