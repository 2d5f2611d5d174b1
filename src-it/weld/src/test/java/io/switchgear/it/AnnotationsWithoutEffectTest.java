// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it;

import static io.switchgear.it.DeploymentErrors.assertProblems;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.CacheKey;
import io.switchgear.CircuitBreaking;
import io.switchgear.FallingBack;
import io.switchgear.Retrying;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Priority;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.enterprise.concurrent.Asynchronous;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InterceptorBinding;
import jakarta.interceptor.InvocationContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Annotations in places where the container ignores them: the deployment fails, and each sentence has the cure. */
class AnnotationsWithoutEffectTest implements LeavesNoMBeans {
    private static String name(Class<?> bean) {
        return bean.getName();
    }

    @ApplicationScoped
    static class Called {
        @CircuitBreaking
        @PostConstruct
        void start() {}

        @Retrying
        @Inject
        void initialize(@SuppressWarnings("unused") Event<String> event) {}
    }

    @Test
    void methodsThatTheContainerCallsWithoutInterceptorsAreRefused() {
        assertProblems(
                Called.class,
                "Called#start(): @CircuitBreaking has no effect on a method with @PostConstruct, which containers call"
                        + " without interceptors; move the code to a method of another bean",
                "Called#initialize(jakarta.enterprise.event.Event): @Retrying has no effect on a method with @Inject");
    }

    static class Servlet extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        @CircuitBreaking
        protected void doGet(HttpServletRequest request, HttpServletResponse response) {}
    }

    @CircuitBreaking
    static class GuardedServlet extends Servlet {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void aServletIsRefused() {
        assertProblems(
                Servlet.class,
                "Servlet#doGet(jakarta.servlet.http.HttpServletRequest,jakarta.servlet.http.HttpServletResponse):"
                        + " @CircuitBreaking has no effect on a method of a servlet, which is called without interceptors;"
                        + " move the code to a CDI bean");
        assertProblems(
                GuardedServlet.class,
                name(GuardedServlet.class) + ": @CircuitBreaking has no effect on a servlet, whose methods are called"
                        + " without interceptors; move the code to a CDI bean");
    }

    @InterceptorBinding
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.TYPE, ElementType.METHOD})
    @interface Logged {}

    @Interceptor
    @Logged
    @Priority(1)
    static class Logging {
        @AroundInvoke
        @CircuitBreaking
        Object log(InvocationContext call) throws Exception {
            return call.proceed();
        }

        @FallingBack(lastGood = true)
        String text() {
            return "";
        }
    }

    interface Desk {
        void serve();
    }

    @ApplicationScoped
    static class Counter implements Desk {
        @Override
        public void serve() {}
    }

    @Decorator
    @Priority(1)
    static class Watching implements Desk {
        @Inject
        @Delegate
        @Any
        Desk desk;

        @Override
        @CircuitBreaking
        public void serve() {
            desk.serve();
        }
    }

    @Test
    void interceptorsAndDecoratorsAreRefused() {
        String[] sentences = {
            "Logging#log(jakarta.interceptor.InvocationContext): @CircuitBreaking has no effect on a method of an"
                    + " interceptor, which is called without interceptors; move the code to a CDI bean",
            "Logging#text(): @FallingBack has no effect on a method of an interceptor",
            "Watching#serve(): @CircuitBreaking has no effect on a method of a decorator"
        };
        assertProblems(sentences, Logging.class, Watching.class, Counter.class);
    }

    /** Another interceptor for methods with a breaker. */
    @Interceptor
    @CircuitBreaking
    @Priority(1)
    static class Counting {
        private static int calls;

        @AroundInvoke
        Object count(InvocationContext call) throws Exception {
            calls++;
            return call.proceed();
        }
    }

    @ApplicationScoped
    static class Guarded {
        @CircuitBreaking
        public void call() {}
    }

    @Test
    void anInterceptorMayHaveTheAnnotationAsItsBinding() {
        try (Application application = new Application(Counting.class, Guarded.class)) {
            Counting.calls = 0;
            application.get(Guarded.class).call();
            assertThat(Counting.calls).isEqualTo(1);
            assertThat(application.names()).containsExactly("Guarded#call()");
        }
    }

    @ApplicationScoped
    record Value(String text) {
        @Retrying
        public void call() {}
    }

    @CircuitBreaking
    enum Kind {
        ONE;

        @FallingBack(lastGood = true)
        public String call() {
            return "";
        }
    }

    @Test
    void recordsAndEnumsAreRefused() {
        String[] sentences = {
            "Value#call(): @Retrying has no effect on a method of a record, which is called without interceptors;"
                    + " move the code to a CDI bean",
            "Kind#call(): @FallingBack has no effect on a method of an enum",
            "Kind: @CircuitBreaking has no effect on an enum"
        };
        assertProblems(sentences, Value.class, Kind.class);
    }

    @Dependent
    static class Keyed {
        @CircuitBreaking
        public String find(@CacheKey String key) {
            return key;
        }
    }

    @Test
    void aKeyWithoutAFallbackIsRefused() {
        assertProblems(
                Keyed.class,
                "Keyed#find(java.lang.String): @CacheKey has no effect without @FallingBack(lastGood = true); add it, or"
                        + " remove @CacheKey");
    }

    @ApplicationScoped
    static class Later {
        @Asynchronous
        @Retrying
        public CompletableFuture<String> call() {
            return Asynchronous.Result.complete("");
        }
    }

    @Test
    void retriesOfAnAsynchronousMethodOfJakartaConcurrencyAreRefused() {
        assertProblems(
                Later.class,
                "Later#call(): @Retrying has no effect beside @Asynchronous of Jakarta Concurrency, which ends the call"
                        + " with the first attempt; remove @Asynchronous, or retry in a bean that calls this method");
    }
}
