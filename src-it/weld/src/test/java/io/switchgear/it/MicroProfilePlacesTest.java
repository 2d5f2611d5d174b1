// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.message.RecordedLog;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Stereotype;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import javax.management.ObjectName;
import org.eclipse.microprofile.faulttolerance.Asynchronous;
import org.eclipse.microprofile.faulttolerance.Fallback;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** Where in a hierarchy of classes the annotations of MicroProfile act, once each. */
class MicroProfilePlacesTest implements LeavesNoMBeans {
    private static final int SECONDS = 20;

    /** Counts calls, all of which fail. */
    public static class Failing {
        private final AtomicInteger calls = new AtomicInteger();

        IllegalStateException failed() {
            calls.incrementAndGet();
            return new IllegalStateException("always");
        }

        int calls() {
            return calls.getAndSet(0);
        }
    }

    private static int attempts(Failing bean, Runnable call) {
        assertThatThrownBy(call::run).isInstanceOf(IllegalStateException.class);
        return bean.calls();
    }

    // ---- generic methods

    public interface Operation<T> {
        T apply(T argument);
    }

    @ApplicationScoped
    public static class Bridged extends Failing implements Operation<String> {
        @Override
        @Retry(maxRetries = 2, jitter = 0)
        public String apply(String argument) {
            throw failed();
        }
    }

    public abstract static class GenericBase<T> extends Failing implements Operation<T> {
        @Override
        @Retry(maxRetries = 2, jitter = 0)
        public T apply(T argument) {
            throw failed();
        }
    }

    @ApplicationScoped
    public static class Inheriting extends GenericBase<String> {}

    @ApplicationScoped
    public static class Overriding extends GenericBase<String> {
        @Override
        public String apply(String argument) {
            throw failed();
        }
    }

    @Retry(maxRetries = 1, jitter = 0)
    @ApplicationScoped
    public static class OverridingOnClass extends GenericBase<String> {
        @Override
        public String apply(String argument) {
            throw failed();
        }

        @PostConstruct
        void init() {
            calls();
        }
    }

    @Test
    void aGenericMethodIsGuardedOnceWhateverTypeItIsCalledBy() {
        try (Application application =
                new Application(Bridged.class, Inheriting.class, Overriding.class, OverridingOnClass.class)) {
            Bridged bridged = application.get(Bridged.class);
            Operation<String> byInterface = bridged;
            assertThat(attempts(bridged, () -> bridged.apply(""))).isEqualTo(3);
            assertThat(attempts(bridged, () -> byInterface.apply(""))).isEqualTo(3);

            Inheriting inheriting = application.get(Inheriting.class);
            assertThat(attempts(inheriting, () -> inheriting.apply(""))).isEqualTo(3);

            Overriding overriding = application.get(Overriding.class);
            assertThat(attempts(overriding, () -> overriding.apply(""))).isEqualTo(1);

            OverridingOnClass onClass = application.get(OverridingOnClass.class);
            assertThat(attempts(onClass, () -> onClass.apply(""))).isEqualTo(2);
        }
    }

    @Test
    @DisabledIfSystemProperty(
            named = "cdi",
            matches = "openwebbeans",
            disabledReason = "OpenWebBeans applies the annotation of the generic method that is overridden")
    void aMethodThatOverridesAGenericOneIsNotGuardedLikeIt() {
        try (Application application = new Application(Overriding.class, OverridingOnClass.class)) {
            Overriding overriding = application.get(Overriding.class);
            Operation<String> byInterface = overriding;
            assertThat(attempts(overriding, () -> byInterface.apply(""))).isEqualTo(1);

            OverridingOnClass onClass = application.get(OverridingOnClass.class);
            Operation<String> onClassByInterface = onClass;
            assertThat(attempts(onClass, () -> onClassByInterface.apply(""))).isEqualTo(2);
        }
    }

    // ---- stereotypes

    @Stereotype
    @Retry(maxRetries = 3, jitter = 0)
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.TYPE)
    public @interface Patient {}

    @ApplicationScoped
    @Patient
    public static class PatientBean extends Failing {
        @Fallback(fallbackMethod = "instead")
        public String call() {
            throw failed();
        }

        String instead() {
            return "instead";
        }
    }

    @Test
    void theStereotypeOfAClassAppliesBesideTheAnnotationOfAMethod() {
        try (Application application = new Application(PatientBean.class)) {
            PatientBean bean = application.get(PatientBean.class);
            assertThat(bean.call()).isEqualTo("instead");
            assertThat(bean.calls()).isEqualTo(4);
        }
    }

    // ---- fallback methods

    interface Hidden {
        default String instead(int number, String... texts) {
            return "default " + number + texts.length;
        }
    }

    @ApplicationScoped
    public static class FallingBackToInterface extends Failing implements Hidden {
        @Fallback(fallbackMethod = "instead")
        public String call(int number, String... texts) {
            throw failed();
        }
    }

    public static class Base<T> extends Failing {
        protected List<T> instead(List<? extends T> argument) {
            return List.copyOf(argument);
        }
    }

    @ApplicationScoped
    public static class FallingBackToSuperclass extends Base<String> {
        @Fallback(fallbackMethod = "instead")
        public List<String> call(List<? extends String> argument) {
            throw failed();
        }
    }

    @Test
    void aFallbackMethodIsFoundWhereACallFromTheClassFindsIt() {
        try (Application application = new Application(FallingBackToInterface.class, FallingBackToSuperclass.class)) {
            FallingBackToInterface toInterface = application.get(FallingBackToInterface.class);
            assertThat(toInterface.call(1, "a")).isEqualTo("default 11");
            assertThat(toInterface.call(2)).isEqualTo("default 20");
            assertThat(application.get(FallingBackToSuperclass.class).call(List.of("a")))
                    .containsExactly("a");
        }
    }

    // ---- null

    @ApplicationScoped
    public static class Nothing extends Failing {
        @Asynchronous
        @Retry(maxRetries = 2, jitter = 0)
        public CompletionStage<String> stage() {
            super.calls.incrementAndGet();
            return null;
        }

        @Asynchronous
        @Retry(maxRetries = 2, jitter = 0)
        public Future<String> future() {
            super.calls.incrementAndGet();
            return null;
        }

        @Asynchronous
        @Fallback(fallbackMethod = "none")
        public CompletionStage<String> replaced() {
            throw failed();
        }

        CompletionStage<String> none() {
            return null;
        }
    }

    @Test
    void anAsynchronousMethodThatReturnsNullEndsItsCall() throws Exception {
        try (Application application = new Application(Nothing.class)) {
            Nothing bean = application.get(Nothing.class);
            assertThat(bean.stage().toCompletableFuture())
                    .succeedsWithin(SECONDS, TimeUnit.SECONDS)
                    .isNull();
            assertThat(bean.calls()).isEqualTo(1);
            assertThat(bean.future()).succeedsWithin(SECONDS, TimeUnit.SECONDS).isNull();
            assertThat(bean.calls()).isEqualTo(1);
            assertThat(bean.replaced().toCompletableFuture())
                    .succeedsWithin(SECONDS, TimeUnit.SECONDS)
                    .isNull();
        }
    }

    // ---- long names

    @ApplicationScoped
    public static class ManyParameters extends Failing {
        @Retry(maxRetries = 2, jitter = 0)
        public void call(
                IllegalMonitorStateException one,
                IllegalMonitorStateException two,
                IllegalMonitorStateException three,
                IllegalMonitorStateException four,
                IllegalMonitorStateException five,
                IllegalMonitorStateException six,
                IllegalMonitorStateException seven,
                IllegalMonitorStateException eight) {
            throw failed();
        }
    }

    @Test
    void aMethodWithManyParametersIsGuarded() {
        try (Application application = new Application(ManyParameters.class)) {
            ManyParameters bean = application.get(ManyParameters.class);
            assertThat(attempts(bean, () -> bean.call(null, null, null, null, null, null, null, null)))
                    .isEqualTo(3);
            assertThat(Application.mbeans())
                    .singleElement()
                    .extracting(mbean -> ObjectName.unquote(mbean.getKeyProperty("name")))
                    .asString()
                    .startsWith("ManyParameters#call(IllegalMonitorStateException,")
                    .matches(".*~[0-9a-f]{8}")
                    .hasSize(200);
        }
    }

    // ---- without effect

    public interface Annotated {
        @Retry
        void ofInterface();
    }

    @InterceptorBinding
    @Retry
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.TYPE, ElementType.METHOD})
    public @interface Composed {}

    @ApplicationScoped
    public static class WithoutEffect extends Failing implements Annotated {
        @Override
        public void ofInterface() {
            throw failed();
        }

        @Retry
        private void hidden() {
            throw failed();
        }

        @Retry
        static void loose() {}

        public void viaHidden() {
            hidden();
        }

        @Composed
        public void composed() {
            throw failed();
        }
    }

    @Test
    void anAnnotationWithoutEffectIsWarnedOf() {
        try (RecordedLog log = new RecordedLog();
                Application application = new Application(WithoutEffect.class)) {
            WithoutEffect bean = application.get(WithoutEffect.class);
            assertThat(attempts(bean, bean::ofInterface)).isEqualTo(1);
            assertThat(attempts(bean, bean::viaHidden)).isEqualTo(1);
            assertThat(attempts(bean, bean::composed)).isEqualTo(1);
            String name = WithoutEffect.class.getName();
            assertThat(log.lines())
                    .filteredOn(line -> line.contains("SGR0041"))
                    .extracting(line -> line.replaceAll(".*: (" + Pattern.quote(name) + ")", "$1"))
                    .containsExactlyInAnyOrder(
                            name
                                    + "#composed(): @Retry on @Composed has no effect in this library; put it on the bean, or make @Composed a stereotype",
                            name + "#ofInterface(): @Retry on " + Annotated.class.getName()
                                    + "#ofInterface has no effect on" + " this bean; put it on the bean's method",
                            name
                                    + "#hidden(): @Retry has no effect on a private method; make it an instance method that is"
                                    + " not private",
                            name
                                    + "#loose(): @Retry has no effect on a static method; make it an instance method that is"
                                    + " not private");
        }
    }
}
