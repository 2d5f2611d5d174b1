// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it;

import static io.switchgear.it.DeploymentErrors.assertProblems;
import static io.switchgear.it.Failures.down;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.FallingBack;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Fallback methods take the arguments of the guarded method as Java would pass them: variable ones, generic ones. */
@SuppressWarnings("unused") // fallback methods are called by their names
class FallbackSignaturesTest implements LeavesNoMBeans {
    @ApplicationScoped
    static class Variable {
        @FallingBack(method = "loose")
        public String toStatic(String... names) throws IOException {
            return down();
        }

        static String loose(String... names) {
            return "static " + List.of(names);
        }

        @FallingBack(method = "own")
        public String toOwn(int first, Object... others) throws IOException {
            return down();
        }

        private String own(int first, Object... others) {
            return "own " + first + " " + List.of(others);
        }

        @FallingBack(method = "array")
        public String toArray(String... names) throws IOException {
            return down();
        }

        static String array(String[] names, Exception failure) {
            return "array " + List.of(names) + " " + failure.getMessage();
        }

        @FallingBack(method = "variable")
        public String fromArray(long[] numbers) throws IOException {
            return down();
        }

        static String variable(long... numbers) {
            return "variable " + numbers.length;
        }

        @FallingBack(method = "failures")
        public String toFailures(String name) throws IOException {
            return down();
        }

        static String failures(String name, IOException failure) {
            return name + " " + failure.getMessage();
        }

        static String failures(String name, IOException... failures) {
            return "never";
        }
    }

    @Test
    void argumentsOfAVariableNumberArePassedAsTheyAre() {
        try (Application application = new Application(Variable.class)) {
            Variable bean = application.get(Variable.class);
            assertThat(Stream.of("", "a", "a,b")
                            .map(text -> text.isEmpty() ? new String[0] : text.split(","))
                            .map(names -> called(() -> bean.toStatic(names))))
                    .containsExactly("static []", "static [a]", "static [a, b]");
            assertThat(called(() -> bean.toOwn(1))).isEqualTo("own 1 []");
            assertThat(called(() -> bean.toOwn(1, "x", 2))).isEqualTo("own 1 [x, 2]");
            assertThat(called(() -> bean.toOwn(1, (Object) new int[0]))).startsWith("own 1 [[I@");
            assertThat(called(() -> bean.toArray("a", "b"))).isEqualTo("array [a, b] down");
            assertThat(called(() -> bean.fromArray(new long[] {1, 2}))).isEqualTo("variable 2");
            assertThat(called(() -> bean.toFailures("x"))).isEqualTo("x down");
        }
    }

    private interface Call {
        String call() throws IOException;
    }

    private static String called(Call call) {
        try {
            return call.call();
        } catch (IOException unexpected) {
            throw new AssertionError(unexpected);
        }
    }

    abstract static class Base<T> {
        @FallingBack(method = "bound")
        public String toBound(Map<String, List<T>> values) throws IOException {
            return down();
        }
    }

    @ApplicationScoped
    static class Fitting extends Base<Integer> {
        String bound(Map<String, List<Integer>> values) {
            return "bound";
        }

        @FallingBack(method = "wider")
        public String toWider(List<? extends Integer> numbers) throws IOException {
            return down();
        }

        String wider(List<? extends Number> numbers) {
            return "wider";
        }

        @FallingBack(method = "any")
        public String toAny(List<String> names, Class<? super Integer> type) throws IOException {
            return down();
        }

        String any(List<?> names, Class<?> type, Throwable failure) {
            return "any";
        }

        @FallingBack(method = "raw")
        public <T extends Number> String toRaw(List<T> numbers) throws IOException {
            return down();
        }

        @SuppressWarnings("rawtypes")
        String raw(List numbers) {
            return "raw";
        }

        @FallingBack(method = "inferred")
        public <T extends Number> String toInferred(List<T> numbers) throws IOException {
            return down();
        }

        <N extends Number> String inferred(List<N> numbers) {
            return "inferred";
        }
    }

    @Test
    void genericParametersThatJavaWouldAcceptAreTaken() {
        try (Application application = new Application(Fitting.class)) {
            Fitting bean = application.get(Fitting.class);
            assertThat(called(() -> bean.toBound(Map.of()))).isEqualTo("bound");
            assertThat(called(() -> bean.toWider(List.of()))).isEqualTo("wider");
            assertThat(called(() -> bean.toAny(List.of(), Number.class))).isEqualTo("any");
            assertThat(called(() -> bean.toRaw(List.of(1)))).isEqualTo("raw");
            assertThat(called(() -> bean.toInferred(List.of(1)))).isEqualTo("inferred");
        }
    }

    @ApplicationScoped
    static class Unfitting extends Base<Integer> {
        String bound(Map<String, List<Long>> values) {
            return "never";
        }

        @FallingBack(method = "narrower")
        public String toNarrower(List<? extends Number> numbers) throws IOException {
            return down();
        }

        String narrower(List<? extends Integer> numbers) {
            return "never";
        }

        @FallingBack(method = "other")
        public String toOther(List<String> names) throws IOException {
            return down();
        }

        String other(List<Integer> names, Exception failure) {
            return "never";
        }

        @FallingBack(method = "consumer")
        public String toConsumer(List<? super Integer> numbers) throws IOException {
            return down();
        }

        String consumer(List<? super Number> numbers) {
            return "never";
        }

        @FallingBack(method = "stirng")
        public String misspelled(String name) throws IOException {
            return down();
        }

        String string(String name) {
            return "never";
        }
    }

    @Test
    void genericParametersThatJavaWouldNotAcceptAreRefused() {
        assertProblems(
                Unfitting.class,
                "#toBound(java.util.Map): @FallingBack method must name a method of the bean that takes",
                "#toNarrower(java.util.List): @FallingBack method must name a method of the bean that takes"
                        + " (java.util.List<? extends java.lang.Number>), or these and the failure, but was \"narrower\";"
                        + " methods of this name take (java.util.List<? extends java.lang.Integer>)",
                "#toOther(java.util.List): @FallingBack method must name a method of the bean that takes"
                        + " (java.util.List<java.lang.String>), or these and the failure, but was \"other\"; methods of this"
                        + " name take (java.util.List<java.lang.Integer>, java.lang.Exception)",
                "#toConsumer(java.util.List): @FallingBack method must name a method of the bean that takes");
    }

    @Test
    void aMisspelledNameIsAnsweredWithTheNearestOne() {
        assertProblems(
                Unfitting.class,
                "there is no other method of this name that misspelled could call; did you mean \"string\"?");
    }
}
