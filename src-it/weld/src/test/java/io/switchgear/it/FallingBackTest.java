package io.switchgear.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.CacheKey;
import io.switchgear.CircuitBreaking;
import io.switchgear.CircuitOpenException;
import io.switchgear.FailedCall;
import io.switchgear.FallbackHandler;
import io.switchgear.FallingBack;
import io.switchgear.Retrying;
import io.switchgear.it.above.Neighbour;
import io.switchgear.status.CircuitState;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Vetoed;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

@SuppressWarnings("unused") // fallback methods are called by their names
class FallingBackTest {
    @SuppressWarnings("TypeParameterUnusedInFormals") // it never returns
    private static <T> T down() throws IOException {
        throw new IOException("down");
    }

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

    @ApplicationScoped
    public static class Clerk implements FallbackHandler<String> {
        private FailedCall last;

        @Override
        public String handle(FailedCall call) {
            last = call;
            return call.method().getName() + call.parameters() + " after " + call.attempts();
        }

        FailedCall last() {
            return last;
        }
    }

    @Dependent
    public static class Temp implements FallbackHandler<CompletionStage<String>> {
        static final AtomicInteger CREATED = new AtomicInteger();
        static final AtomicInteger DESTROYED = new AtomicInteger();

        @Inject
        private Clerk clerk;

        public Temp() {
            CREATED.incrementAndGet();
        }

        @Override
        public CompletionStage<String> handle(FailedCall call) {
            return CompletableFuture.completedFuture(clerk.handle(call));
        }

        @PreDestroy
        void destroy() {
            DESTROYED.incrementAndGet();
        }
    }

    @ApplicationScoped
    public static class Handled {
        @Retrying(delayMillis = 0, maxAttempts = 2)
        @FallingBack(handler = Clerk.class)
        public String sync(String one, Object other) throws IOException {
            return down();
        }

        @FallingBack(handler = Temp.class)
        public CompletionStage<String> async() {
            return CompletableFuture.failedFuture(new IOException("down"));
        }
    }

    @Test
    void aHandlerIsABeanAndReceivesTheFailedCall() throws Exception {
        Temp.CREATED.set(0);
        Temp.DESTROYED.set(0);
        try (Application application = new Application(Handled.class, Clerk.class, Temp.class)) {
            Handled bean = application.get(Handled.class);
            assertThat(bean.sync("a", null)).isEqualTo("sync[a, null] after 2");
            assertThat(application.get(Clerk.class).last())
                    .returns("Handled#sync(String,Object)", FailedCall::name)
                    .extracting(FailedCall::failure)
                    .isInstanceOf(IOException.class);
            for (int i = 0; i < 3; i++) {
                assertThat(bean.async().toCompletableFuture()).isCompletedWithValue("async[] after 1");
            }
            assertThat(Temp.CREATED).hasValue(1);
        }
        assertThat(Temp.DESTROYED).hasValue(1);
    }

    @ApplicationScoped
    public static class Prices {
        private boolean broken;

        void breakDown() {
            broken = true;
        }

        @FallingBack(lastGood = true)
        public String ofAll(String article, int[] sizes) throws IOException {
            return broken ? down() : article + sizes.length;
        }

        @FallingBack(lastGood = true, method = "unknown")
        public CompletionStage<String> ofArticle(@CacheKey String article, Object caller) {
            return broken
                    ? CompletableFuture.failedFuture(new IOException("down"))
                    : CompletableFuture.completedFuture(article + " for " + caller);
        }

        private CompletionStage<String> unknown(String article, Object caller) {
            return CompletableFuture.completedFuture("?");
        }
    }

    @Test
    void theLastGoodValueIsUsedForTheSameArgumentsOrTheSameKey() throws Exception {
        try (Application application = new Application(Prices.class)) {
            Prices prices = application.get(Prices.class);
            assertThat(prices.ofAll("pen", new int[] {1})).isEqualTo("pen1");
            assertThat(prices.ofArticle("pen", "me").toCompletableFuture()).isCompletedWithValue("pen for me");
            prices.breakDown();
            assertThat(prices.ofAll("pen", new int[] {1})).isEqualTo("pen1");
            assertThatThrownBy(() -> prices.ofAll("pen", new int[] {2})).isInstanceOf(IOException.class);
            assertThat(prices.ofArticle("pen", "you").toCompletableFuture()).isCompletedWithValue("pen for me");
            assertThat(prices.ofArticle("ink", "me").toCompletableFuture()).isCompletedWithValue("?");
        }
    }

    @ApplicationScoped
    public static class Picky {
        @CircuitBreaking(failureThreshold = 1)
        @FallingBack(method = "closed", onlyWhenOpen = true)
        public String whenOpen() throws IOException {
            return down();
        }

        private String closed(CircuitOpenException rejection) {
            return rejection.name();
        }

        @FallingBack(method = "some", on = IOException.class, exceptOn = java.io.FileNotFoundException.class)
        public String sometimes(Exception thrown) throws Exception {
            throw thrown;
        }

        private String some(Exception thrown) {
            return "some";
        }
    }

    @Test
    void aFallbackAppliesToTheFailuresThatItIsDeclaredFor() throws Exception {
        try (Application application = new Application(Picky.class)) {
            Picky picky = application.get(Picky.class);
            assertThatThrownBy(picky::whenOpen).isInstanceOf(IOException.class);
            assertThat(picky.whenOpen()).isEqualTo("Picky#whenOpen()");
            assertThat(picky.sometimes(new IOException())).isEqualTo("some");
            assertThatThrownBy(() -> picky.sometimes(new java.io.FileNotFoundException()))
                    .isInstanceOf(java.io.FileNotFoundException.class);
            assertThatThrownBy(() -> picky.sometimes(new IllegalStateException()))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    /** All methods share one breaker, also the fallback method. */
    @ApplicationScoped
    @CircuitBreaking(name = "users", failureThreshold = 2)
    public static class Everything {
        final AtomicInteger calls = new AtomicInteger();

        @FallingBack(method = "unknown")
        public CompletionStage<String> find(CompletableFuture<String> result) {
            calls.incrementAndGet();
            return result;
        }

        public CompletionStage<String> unknown(CompletableFuture<String> result) {
            return CompletableFuture.completedFuture("unknown");
        }
    }

    @Test
    void aFallbackIsNotASeparateCallOnAnyThread() throws Exception {
        try (Application application = new Application(Everything.class)) {
            Everything bean = application.get(Everything.class);
            for (int i = 0; i < 2; i++) {
                CompletableFuture<String> response = new CompletableFuture<>();
                CompletionStage<String> result = bean.find(response);
                Thread service = new Thread(() -> response.completeExceptionally(new IOException("down")));
                service.start();
                service.join();
                assertThat(result.toCompletableFuture()).isCompletedWithValue("unknown");
            }
            assertThat(application.snapshot("users"))
                    .returns(2L, users -> users.failures())
                    .returns(0L, users -> users.successes())
                    .returns(CircuitState.OPEN, users -> users.state());
        }
    }

    /** Produces a handler whose class is not a bean. */
    @ApplicationScoped
    public static class Agency {
        @Produces
        @ApplicationScoped
        Hired hired() {
            return new Hired("hired");
        }
    }

    @Vetoed
    public static class Hired implements FallbackHandler<String> {
        private final String result;

        protected Hired() {
            this(null);
        }

        Hired(String result) {
            this.result = result;
        }

        @Override
        public String handle(FailedCall call) {
            return result;
        }
    }

    @ApplicationScoped
    public static class Employer {
        @FallingBack(handler = Hired.class)
        public String work() throws IOException {
            return down();
        }
    }

    @Test
    void aHandlerMayComeFromAProducer() throws Exception {
        try (Application application = new Application(Employer.class, Agency.class)) {
            assertThat(application.get(Employer.class).work()).isEqualTo("hired");
        }
    }
}
