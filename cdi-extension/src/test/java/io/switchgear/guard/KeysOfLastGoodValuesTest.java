// SPDX-License-Identifier: Apache-2.0
package io.switchgear.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.FailureRule;
import io.switchgear.message.RecordedLog;
import io.switchgear.settings.FallbackSettings;
import io.switchgear.time.TestScheduler;
import io.switchgear.time.TestTime;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which arguments can be the key of a last good value: those that can be copied, and are small. */
@SuppressWarnings({"JavaUtilDate", "UnnecessaryStringBuilder"})
class KeysOfLastGoodValuesTest {
    private static final String LONG = "x".repeat(300_000);

    private final FallbackSettings settings = FallbackSettings.defaults();
    private final TestTime time = new TestTime();
    private final LastGoodValues values = new LastGoodValues(settings, time);
    private final Fallback<Object> fallback =
            new Fallback<>("orders", settings, FailureRule.ANY, "", null, values, call -> new Object[] {call});
    private final GuardPipeline<Object> orders = new GuardPipeline<>(
            Object.class, GuardLayers.on(new TestScheduler(time)).with(fallback));

    private Object down(Object argument) throws Exception {
        return orders.call(
                call -> {
                    throw new IOException("down");
                },
                argument);
    }

    private void assertNotKept(Object argument) throws Exception {
        assertThat(orders.call(call -> "good", argument)).isEqualTo("good");
        assertThat(values.size()).isZero();
        assertThatThrownBy(() -> down(argument)).isInstanceOf(IOException.class);
    }

    record Article(String number, List<String> colours) {}

    record Wrapped(Object content) {}

    /** A value class as it was written before there were records. */
    static final class Customer {
        private final long id;

        Customer(long id) {
            this.id = id;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Customer customer && id == customer.id;
        }

        @Override
        public int hashCode() {
            return Long.hashCode(id);
        }
    }

    /** As an entity: its state changes. */
    static class Entity {
        long id = 1;
        String name = "a";

        @Override
        public boolean equals(Object other) {
            return other instanceof Entity entity && id == entity.id && name.equals(entity.name);
        }

        @Override
        public int hashCode() {
            return Objects.hash(id);
        }
    }

    /** Without a field that could tell one from another. */
    static final class Memory {
        @Override
        public boolean equals(Object other) {
            throw new IllegalStateException("not compared");
        }

        @Override
        public int hashCode() {
            throw new IllegalStateException("not hashed");
        }
    }

    /** A request as frameworks bind it: every call has another one, and none is equal to another. */
    static final class Request {
        private final String body = LONG;

        @Override
        public String toString() {
            return body.substring(0, 10);
        }
    }

    static Stream<Arguments> equalArguments() {
        return Stream.<List<Object>>of(
                        Arrays.asList(null, null),
                        List.of("a", "a"),
                        List.of(1, 1),
                        List.of('c', 'c'),
                        List.of(true, true),
                        List.of(TimeUnit.DAYS, TimeUnit.DAYS),
                        List.of(String.class, String.class),
                        List.of(new UUID(1, 2), new UUID(1, 2)),
                        List.of(new BigDecimal("1.50"), new BigDecimal("1.50")),
                        List.of(BigInteger.TEN, new BigInteger("10")),
                        List.of(LocalDate.EPOCH, LocalDate.ofEpochDay(0)),
                        List.of(Locale.ROOT, Locale.ROOT),
                        List.of(URI.create("a:b"), URI.create("a:b")),
                        List.of(new Date(5), new Date(5)),
                        List.of(new java.sql.Timestamp(5), new java.sql.Timestamp(5)),
                        List.of(Optional.of("a"), Optional.of("a")),
                        List.of(new int[] {1, 2}, new int[] {1, 2}),
                        List.of(new Object[] {"a", new byte[] {1}}, new Object[] {"a", new byte[] {1}}),
                        List.of(List.of("a"), new ArrayList<>(List.of("a"))),
                        List.of(Set.of("a", "b"), new HashSet<>(List.of("b", "a"))),
                        List.of(Map.of("a", List.of(1)), new HashMap<>(Map.of("a", List.of(1)))),
                        List.of(new Article("1", List.of("red")), new Article("1", new ArrayList<>(List.of("red")))),
                        List.of(new Customer(7), new Customer(7)))
                .map(pair -> Arguments.of(pair.get(0), pair.get(1)));
    }

    @ParameterizedTest
    @MethodSource("equalArguments")
    void aValueIsFoundByAnEqualArgument(Object argument, Object equal) throws Exception {
        orders.call(call -> "good", argument);
        assertThat(down(equal)).isEqualTo("good");
    }

    @Test
    void unequalArgumentsHaveNoValueInCommon() throws Exception {
        orders.call(call -> "good", List.of("a"));
        for (Object other : Arrays.asList(null, "a", Set.of("a"), new Object[] {"a"}, Optional.of("a"), 1L, 1)) {
            assertThatThrownBy(() -> down(other)).isInstanceOf(IOException.class);
        }
        orders.call(call -> "of int", new int[] {1});
        assertThatThrownBy(() -> down(new long[] {1})).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> down(new Customer(1))).isInstanceOf(IOException.class);
    }

    static Stream<Arguments> largeArguments() {
        Map<String, Object> large = new HashMap<>();
        large.put("a", LONG);
        List<Object> itself = new ArrayList<>();
        itself.add(itself);
        List<Object> deep = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            deep = new ArrayList<>(Collections.singletonList(deep));
        }
        return Stream.<Object>of(
                        LONG,
                        new byte[300_000],
                        new long[100_000],
                        new Object[100_000],
                        new Object[] {new Object[] {LONG}},
                        List.of(LONG),
                        Set.of(LONG),
                        large,
                        Map.of(LONG, 1),
                        Collections.nCopies(Integer.MAX_VALUE, "a"),
                        Optional.of(LONG),
                        new Article(LONG, List.of()),
                        new Wrapped(new Wrapped(LONG)),
                        BigInteger.ONE.shiftLeft(1_000_000),
                        new BigDecimal(BigInteger.ONE.shiftLeft(1_000_000)),
                        URI.create("http://shop/" + LONG),
                        new Locale.Builder()
                                .setLanguage("en")
                                .setExtension('x', longExtension())
                                .build(),
                        itself,
                        deep)
                // not by their own text, which is large too
                .map(argument -> Arguments.of(Named.of(argument.getClass().getSimpleName(), argument)));
    }

    private static String longExtension() {
        return String.join("-", Collections.nCopies(30_000, "abcdefgh"));
    }

    @ParameterizedTest
    @MethodSource("largeArguments")
    void aLargeArgumentIsNotKept(Object argument) throws Exception {
        assertNotKept(argument);
    }

    @Test
    void manyLargeArgumentsTakeNoMemory() throws Exception {
        for (int i = 0; i < 1_000; i++) {
            orders.call(call -> "good", i + LONG);
        }
        assertThat(values.size()).isZero();
    }

    @Test
    void severalArgumentsAreWeighedTogether() throws Exception {
        assertNotKept(Collections.nCopies(10, "x".repeat(1_000)));
        orders.call(call -> "good", "x".repeat(1_000));
        assertThat(values.size()).isEqualTo(1);
    }

    static Stream<Object> passwords() {
        char[] password = {'s', 'e', 'c', 'r', 'e', 't'};
        return Stream.of(
                password,
                new char[0],
                new Object[] {password},
                new char[][] {password},
                List.of(password),
                Map.of("a", password),
                new Wrapped(password));
    }

    @ParameterizedTest
    @MethodSource("passwords")
    void arraysOfCharactersAreNeverKept(Object argument) throws Exception {
        assertNotKept(argument);
    }

    static Stream<Object> unknown() {
        return Stream.of(
                new Entity(),
                new Request(),
                new Object(),
                new StringBuilder("a"),
                List.of(new Entity()),
                new Memory(),
                new Wrapped(new Entity()),
                new Iterator<String>() {
                    @Override
                    public boolean hasNext() {
                        return true;
                    }

                    @Override
                    public String next() {
                        return "a";
                    }
                });
    }

    @ParameterizedTest
    @MethodSource("unknown")
    void anArgumentThatMayChangeOrEqualsNoOtherIsNotKept(Object argument) throws Exception {
        assertNotKept(argument);
    }

    @Test
    void anArgumentThatChangesLaterDoesNotTakeTheValueOfAnotherWithTheSameHash() throws Exception {
        assertThat("Aa".hashCode()).isEqualTo("BB".hashCode());
        List<String> list = new ArrayList<>(List.of("Aa"));
        orders.call(call -> "of Aa", list);
        list.set(0, "BB");
        assertThatThrownBy(() -> down(List.of("BB"))).isInstanceOf(IOException.class);
        assertThat(down(List.of("Aa"))).isEqualTo("of Aa");

        Map<String, String> map = new HashMap<>(Map.of("Aa", "1"));
        orders.call(call -> "of Aa", map);
        map.put("BB", map.remove("Aa"));
        assertThatThrownBy(() -> down(map)).isInstanceOf(IOException.class);

        List<String> within = new ArrayList<>(List.of("Aa"));
        orders.call(call -> "of Aa", new Article("1", within));
        within.set(0, "BB");
        assertThatThrownBy(() -> down(new Article("1", List.of("BB")))).isInstanceOf(IOException.class);

        Date date = new Date(1);
        orders.call(call -> "of 1", date);
        date.setTime(1L << 32);
        assertThat(new Date(1L << 32)).hasSameHashCodeAs(new Date(1));
        assertThatThrownBy(() -> down(date)).isInstanceOf(IOException.class);
    }

    @Test
    void theFirstCallWithoutAKeyIsLoggedOnce() throws Exception {
        try (RecordedLog log = new RecordedLog()) {
            orders.call(call -> "good", new Entity());
            orders.call(call -> "good", LONG);
            assertThat(log.lines()).singleElement().asString().contains("SGR0049", "orders", Entity.class.getName());
        }
    }

    @Test
    void aResultWhoseMethodsThrowIsReturnedAllTheSame() throws Exception {
        Object response = Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {HttpResponse.class}, (proxy, method, arguments) -> {
                    throw new StackOverflowError();
                });
        assertThat(orders.call(call -> response, "a") == response).isTrue();
        assertThat(values.size()).isZero();
    }
}
