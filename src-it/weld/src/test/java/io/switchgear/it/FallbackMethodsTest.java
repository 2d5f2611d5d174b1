// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it;

import static io.switchgear.it.Failures.down;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.FallingBack;
import io.switchgear.it.above.Neighbour;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The method of a bean that is found by its name as the fallback. */
@SuppressWarnings("unused") // fallback methods are called by their names
class FallbackMethodsTest {
    /** A superclass with fallback methods. */
    public abstract static class Base<K, V> {
        protected V inherited(K key) {
            return value("inherited " + key);
        }

        @FallingBack(method = "own")
        public V above(K key) throws IOException {
            return down();
        }

        /** Used by {@link #above}, and not the method of the subclass with this name. */
        private V own(K key) {
            return value("own of the class above " + key);
        }

        abstract V value(String text);

        @FallingBack(method = "overridden")
        public V virtual(K key) throws IOException {
            return down();
        }

        protected V overridden(K key) {
            return value("never");
        }
    }

    public interface Polite {
        default String byDefault(int number) {
            return "interface " + number;
        }
    }

    @ApplicationScoped
    public static class Bean extends Base<Long, CharSequence> implements Polite {
        @FallingBack(method = "secret")
        public String toPrivate(int number) throws IOException {
            return down();
        }

        private String secret(int number) {
            return "private " + number;
        }

        @FallingBack(method = "inherited")
        public CharSequence toInherited(Long key) throws IOException {
            return down();
        }

        @FallingBack(method = "byDefault")
        public String toInterface(int number) throws IOException {
            return down();
        }

        @FallingBack(method = "over")
        public String toOverloaded(List<String> names) throws IOException {
            return down();
        }

        String over(int number) {
            return "never";
        }

        String over(String name) {
            return "never";
        }

        String over(List<String> names) {
            return "of a list " + names;
        }

        @FallingBack(method = "specific")
        public Object toMostSpecific(String what) throws Exception {
            if (what.equals("state")) {
                throw new IllegalStateException(what);
            }
            return what.equals("error") ? failWith(new AssertionError(what)) : down();
        }

        private static Object failWith(Error error) {
            throw error;
        }

        String specific(String what, IOException failure) {
            return "exactly " + failure.getMessage();
        }

        Integer specific(String what, Exception failure) {
            return failure.getMessage().length();
        }

        @FallingBack(method = "count")
        public long toCount() throws IOException {
            return down();
        }

        private static Long count(Throwable failure) {
            return 7L;
        }

        @FallingBack(method = "ignoring")
        public void toNothing(StringBuilder text) throws IOException {
            down();
        }

        private int ignoring(StringBuilder text) {
            text.append("done");
            return 1;
        }

        @Override
        CharSequence value(String text) {
            return text;
        }

        @Override
        protected CharSequence overridden(Long key) {
            return "overridden " + key;
        }
    }

    @Test
    void aMethodIsFoundAsTheCompilerWouldFindIt() throws Exception {
        try (Application application = new Application(Bean.class)) {
            Bean bean = application.get(Bean.class);
            assertThat(bean.toPrivate(1)).isEqualTo("private 1");
            assertThat(bean.toInherited(2L)).isEqualTo("inherited 2");
            assertThat(bean.toInterface(3)).isEqualTo("interface 3");
            assertThat(bean.toOverloaded(List.of("a"))).isEqualTo("of a list [a]");
            assertThat(bean.above(4L)).isEqualTo("own of the class above 4");
            assertThat(bean.virtual(5L)).isEqualTo("overridden 5");
            assertThat(bean.toCount()).isEqualTo(7);
            StringBuilder text = new StringBuilder();
            bean.toNothing(text);
            assertThat(text).hasToString("done");
        }
    }

    @Test
    void ofSeveralMethodsTheOneWithTheMostSpecificFailureTypeIsCalled() throws Exception {
        try (Application application = new Application(Bean.class)) {
            Bean bean = application.get(Bean.class);
            assertThat(bean.toMostSpecific("io")).isEqualTo("exactly down");
            assertThat(bean.toMostSpecific("state")).isEqualTo("state".length());
            assertThatThrownBy(() -> bean.toMostSpecific("error"))
                    .as("no method takes an error")
                    .isInstanceOf(AssertionError.class);
        }
    }

    /** Uses a protected method of its superclass. */
    @ApplicationScoped
    public static class Tenant extends Neighbour {
        @FallingBack(method = "ofFamily")
        public String toProtected() throws IOException {
            return down();
        }
    }

    @Test
    void aProtectedMethodOfAnotherPackageIsFound() throws Exception {
        try (Application application = new Application(Tenant.class)) {
            assertThat(application.get(Tenant.class).toProtected()).isEqualTo("protected");
            assertThat(application.get(Tenant.class).toItsOwn()).isEqualTo("of the package");
        }
    }
}
