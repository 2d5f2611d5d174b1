// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it;

import static io.switchgear.it.DeploymentErrors.assertProblems;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.CircuitBreakers;
import io.switchgear.CircuitBreaking;
import io.switchgear.FallingBack;
import io.switchgear.Guard;
import io.switchgear.message.RecordedLog;
import jakarta.ejb.EJBException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.FutureTask;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Results that are used once, that come later, or that a predicate cannot test, are found at deployment. */
@SuppressWarnings("unused") // wrong methods are never called
class ResultTypesTest implements LeavesNoMBeans {
    abstract static class Reading<T> {
        @FallingBack(lastGood = true)
        public T generic() {
            return null;
        }
    }

    @ApplicationScoped
    static class Once extends Reading<InputStream> {
        @FallingBack(lastGood = true)
        public IntStream numbers() {
            return IntStream.empty();
        }

        @FallingBack(lastGood = true)
        public Iterator<String> names() {
            return null;
        }

        @FallingBack(lastGood = true)
        public HttpResponse<InputStream> response() {
            return null;
        }

        @FallingBack(lastGood = true)
        public CompletionStage<Optional<? extends java.sql.ResultSet>> rows() {
            return null;
        }

        @FallingBack(lastGood = true)
        public FutureTask<String> task() {
            return null;
        }
    }

    @Test
    void aLastGoodValueThatCanBeUsedOnceIsRefused() {
        assertProblems(
                Once.class,
                "generic(): @FallingBack lastGood needs a value that many callers can use",
                "numbers(): @FallingBack lastGood needs a value that many callers can use, but the method returns"
                        + " java.util.stream.IntStream, which can be used only once; return what it contains",
                "names(): @FallingBack lastGood needs",
                "response(): @FallingBack lastGood needs",
                "rows(): @FallingBack lastGood needs",
                "task(): @FallingBack lastGood needs");
    }

    @ApplicationScoped
    static class Often {
        @FallingBack(lastGood = true)
        public HttpResponse<String> response() {
            return null;
        }

        @FallingBack(lastGood = true)
        public CompletionStage<List<String>> names() {
            return null;
        }

        @FallingBack(lastGood = true)
        public Supplier<InputStream> files() {
            return null;
        }
    }

    @Test
    void othersAreNotRefused() {
        try (Application application = new Application(Often.class)) {
            assertThat(application.get(Often.class).response()).isNull();
        }
    }

    @Test
    void inCodeAnObjectThatCanBeUsedOnceIsNotKeptAndTheLogSaysSoOnce() throws Exception {
        try (Application application = new Application(Often.class);
                RecordedLog log = new RecordedLog();
                Guard<Object> files = application
                        .get(CircuitBreakers.class)
                        .guard("files")
                        .lastGood()
                        .build()) {
            for (int i = 0; i < 2; i++) {
                files.call(() -> new ByteArrayInputStream(new byte[1]));
            }
            assertThatThrownBy(() -> files.call(() -> {
                        throw new IOException("down");
                    }))
                    .isInstanceOf(IOException.class);
            assertThat(log.lines()).filteredOn(line -> line.contains("SGR0045")).hasSize(1);
        }
    }

    @ApplicationScoped
    static class Later {
        @CircuitBreaking
        public Flow.Publisher<String> publisher() {
            return null;
        }

        @CircuitBreaking
        public Supplier<String> supplier() {
            return null;
        }

        @CircuitBreaking
        public String now() {
            return "";
        }
    }

    @Test
    void aMethodThatWorksLaterIsWarnedOf() {
        try (RecordedLog log = new RecordedLog()) {
            new Application(Later.class).close();
            assertThat(log.lines())
                    .filteredOn(line -> line.contains("SGR0044"))
                    .hasSize(2)
                    .anyMatch(line -> line.contains("publisher() returns java.util.concurrent.Flow$Publisher"))
                    .anyMatch(line -> line.contains("supplier() returns java.util.function.Supplier"));
        }
    }

    static class Empty implements Predicate<List<?>> {
        @Override
        public boolean test(List<?> page) {
            return page.isEmpty();
        }
    }

    static class Negative implements Predicate<Integer> {
        @Override
        public boolean test(Integer number) {
            return number < 0;
        }
    }

    @ApplicationScoped
    static class Tested {
        @CircuitBreaking(failWhen = Empty.class)
        public String text() {
            return "";
        }

        @CircuitBreaking(failWhen = Negative.class)
        public CompletionStage<Long> later() {
            return null;
        }
    }

    @Test
    void aPredicateOnAnotherTypeIsRefused() {
        assertProblems(
                Tested.class,
                "text(): @CircuitBreaking failWhen must be a predicate on java.lang.String, which the method returns, but "
                        + Empty.class.getName() + " is one on java.util.List",
                "later(): @CircuitBreaking failWhen must be a predicate on java.lang.Long");
    }

    @ApplicationScoped
    static class WellTested {
        @CircuitBreaking(failWhen = Negative.class)
        public int number() {
            return -1;
        }

        @CircuitBreaking(failWhen = Negative.class)
        public CompletionStage<Integer> later() {
            return null;
        }

        @CircuitBreaking(failWhen = Empty.class)
        public Object any() {
            return "";
        }

        @CircuitBreaking(failWhen = Empty.class)
        public Iterable<String> interfaceOfSome() {
            return List.of();
        }
    }

    @Test
    void aPredicateThatMayFitIsNot() {
        try (Application application = new Application(WellTested.class)) {
            assertThat(application.get(WellTested.class).number()).isEqualTo(-1);
        }
    }

    @SuppressWarnings("serial")
    static class Unavailable extends RuntimeException {}

    @ApplicationScoped
    static class Wrapped {
        @FallingBack(method = "substitute", on = Unavailable.class)
        public String call() {
            throw new EJBException(new Unavailable());
        }

        String substitute(Unavailable failure) {
            return "plan B";
        }
    }

    @Test
    void aFallbackMethodTakesTheExceptionInsideAWrapper() {
        try (Application application = new Application(Wrapped.class)) {
            assertThat(application.get(Wrapped.class).call()).isEqualTo("plan B");
        }
    }
}
