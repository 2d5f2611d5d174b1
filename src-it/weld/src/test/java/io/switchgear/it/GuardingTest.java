package io.switchgear.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.CircuitBreakers;
import io.switchgear.CircuitBreaking;
import io.switchgear.CircuitOpenException;
import io.switchgear.settings.TripOn;
import io.switchgear.status.CircuitState;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.SessionScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Stereotype;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.InterceptionFactory;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class GuardingTest {
    @ApplicationScoped
    static class Orders {
        @CircuitBreaking(failureThreshold = 2)
        String place(String item, int count) {
            if (count < 0) {
                throw new IllegalArgumentException("count");
            }
            return item + count;
        }

        @CircuitBreaking(failureThreshold = 1)
        String place(String item) {
            throw new UncheckedIOException(new IOException(item));
        }

        String unguarded() {
            return "free";
        }
    }

    @Test
    void eachMethodIsGuardedByASeparateBreaker() {
        try (Application application = new Application(Orders.class)) {
            Orders orders = application.get(Orders.class);
            assertThat(application.names()).containsExactly("Orders#place(String)", "Orders#place(String,int)");
            assertThat(orders.place("pen", 1)).isEqualTo("pen1");
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> orders.place("pen", -1)).isInstanceOf(IllegalArgumentException.class);
            }
            assertThatThrownBy(() -> orders.place("pen", 1)).isInstanceOf(CircuitOpenException.class);
            assertThat(application.snapshot("Orders#place(String,int)").calls()).isEqualTo(4);
            assertThat(application.snapshot("Orders#place(String)").calls()).isZero();
            assertThat(orders.unguarded()).isEqualTo("free");
        }
    }

    @ApplicationScoped
    @CircuitBreaking(failureThreshold = 7)
    static class WholeClass extends Base<String> {
        @PostConstruct
        void start() {}

        public String own() {
            return "own";
        }

        @CircuitBreaking(failureThreshold = 9)
        public String replaced() {
            return "replaced";
        }

        @Override
        public String overridden() {
            return "overridden";
        }

        private String hidden() {
            return "hidden";
        }

        static String loose() {
            return new WholeClass().hidden();
        }
    }

    static class Base<T> {
        public T inherited(T value) {
            return value;
        }

        public String overridden() {
            return "base";
        }
    }

    @Test
    void aClassLevelAnnotationGuardsEachBusinessMethodInheritedOnesIncluded() {
        try (Application application = new Application(WholeClass.class)) {
            assertThat(application.names())
                    .containsExactly(
                            "WholeClass#inherited(Object)",
                            "WholeClass#overridden()",
                            "WholeClass#own()",
                            "WholeClass#replaced()");
            WholeClass bean = application.get(WholeClass.class);
            bean.own();
            bean.inherited("x");
            bean.replaced();
            bean.overridden();
            assertThat(application.names())
                    .allSatisfy(name -> assertThat(application.snapshot(name).successes())
                            .as(name)
                            .isEqualTo(1));
            assertThat(application.snapshot("WholeClass#own()").settings().failureThreshold())
                    .isEqualTo(7);
            assertThat(application.snapshot("WholeClass#replaced()").settings().failureThreshold())
                    .isEqualTo(9);
        }
    }

    abstract static class Repository<T> {
        @CircuitBreaking
        public T find(T key) {
            return key;
        }
    }

    @ApplicationScoped
    static class Users extends Repository<String> {}

    @ApplicationScoped
    static class Products extends Repository<String> {}

    @Test
    void anInheritedMethodHasOneBreakerForEachBean() {
        try (Application application = new Application(Users.class, Products.class)) {
            application.get(Users.class).find("ann");
            assertThat(application.snapshot("Users#find(Object)").successes()).isEqualTo(1);
            assertThat(application.snapshot("Products#find(Object)").successes())
                    .isZero();
        }
    }

    interface Finder<T> {
        T find(T key);

        default T findAgain(T key) {
            return find(key);
        }
    }

    @ApplicationScoped
    @CircuitBreaking
    static class NameFinder implements Finder<String> {
        @Override
        public String find(String key) {
            return key;
        }
    }

    @Test
    void aGenericMethodCalledThroughItsInterfaceCountsOnce() {
        try (Application application = new Application(NameFinder.class)) {
            @SuppressWarnings("unchecked")
            Finder<Object> finder = (Finder<Object>) (Finder<?>) application.get(NameFinder.class);
            finder.find("x");
            assertThat(application.snapshot("NameFinder#find(String)").successes())
                    .isEqualTo(1);
            finder.findAgain("y");
            assertThat(application.names()).contains("NameFinder#find(String)");
        }
    }

    @ApplicationScoped
    @CircuitBreaking(failureThreshold = 4)
    static class Both {
        @CircuitBreaking(failureThreshold = 2)
        public String once() {
            return "";
        }
    }

    @Test
    void boundOnClassAndMethodACallCountsOnce() {
        try (Application application = new Application(Both.class)) {
            application.get(Both.class).once();
            assertThat(application.snapshot("Both#once()").calls()).isEqualTo(1);
        }
    }

    @CircuitBreaking(failureThreshold = 6)
    @Stereotype
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.TYPE)
    @interface Remote {}

    @Stereotype
    @Remote
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.TYPE)
    @interface FarRemote {}

    @FarRemote
    @ApplicationScoped
    static class ByStereotype {
        public void call() {}
    }

    @Test
    void aStereotypeGuardsEvenThroughAnother() {
        try (Application application = new Application(ByStereotype.class)) {
            application.get(ByStereotype.class).call();
            assertThat(application.snapshot("ByStereotype#call()").successes()).isEqualTo(1);
            assertThat(application.snapshot("ByStereotype#call()").settings().failureThreshold())
                    .isEqualTo(6);
        }
    }

    @Dependent
    static class Plain {
        public void call() {}
    }

    static class Annotating implements Extension {
        @CircuitBreaking(name = "added", tripOn = TripOn.CALL_WINDOW)
        static class Carrier {}

        void add(@jakarta.enterprise.event.Observes ProcessAnnotatedType<Plain> event) {
            event.configureAnnotatedType()
                    .filterMethods(method -> method.getJavaMember().getName().equals("call"))
                    .forEach(method -> method.add(Carrier.class.getAnnotation(CircuitBreaking.class)));
        }

        void unused(@jakarta.enterprise.event.Observes BeforeBeanDiscovery event) {}
    }

    @Test
    void anAnnotationAddedByAnotherExtensionGuards() {
        try (Application application = new Application(weld -> weld.addExtension(new Annotating()), Plain.class)) {
            application.get(Plain.class).call();
            assertThat(application.snapshot("added").successes()).isEqualTo(1);
        }
    }

    @ApplicationScoped
    static class Sharing {
        @CircuitBreaking(name = "backend", failureThreshold = 1)
        public void one() {
            throw new IllegalStateException();
        }

        @CircuitBreaking(name = "backend", failureThreshold = 1)
        public void two() {}
    }

    @Test
    void methodsThatGiveTheSameNameShareABreaker() {
        try (Application application = new Application(Sharing.class)) {
            Sharing bean = application.get(Sharing.class);
            assertThatThrownBy(bean::one).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(bean::two).isInstanceOf(CircuitOpenException.class);
            assertThat(application.names()).containsExactly("backend");
        }
    }

    static class First {
        @ApplicationScoped
        static class Twin {
            @CircuitBreaking
            public void call() {}
        }
    }

    static class Second {
        @ApplicationScoped
        static class Twin {
            @CircuitBreaking
            public void call() {}
        }
    }

    @Test
    void defaultNamesThatClashBecomeFull() {
        try (Application application = new Application(First.Twin.class, Second.Twin.class)) {
            assertThat(application.names())
                    .containsExactly(
                            "io.switchgear.it.GuardingTest$First$Twin#call()",
                            "io.switchgear.it.GuardingTest$Second$Twin#call()");
        }
    }

    @ApplicationScoped
    static class Asynchronous {
        private CompletableFuture<String> next = new CompletableFuture<>();

        @CircuitBreaking(failureThreshold = 1)
        public CompletionStage<String> stage() {
            return next;
        }

        @CircuitBreaking(failureThreshold = 1)
        public CompletableFuture<String> future() {
            return next;
        }

        CompletableFuture<String> next() {
            return next;
        }
    }

    @Test
    void aStageIsJudgedWhenItCompletesAndARejectionIsAFailedStage() {
        try (Application application = new Application(Asynchronous.class)) {
            Asynchronous bean = application.get(Asynchronous.class);
            assertThat(bean.stage()).isSameAs(bean.next());
            assertThat(bean.future()).isSameAs(bean.next());
            assertThat(application.snapshot("Asynchronous#stage()").callsInFlight())
                    .isEqualTo(1);
            bean.next().completeExceptionally(new IOException());
            assertThat(application.snapshot("Asynchronous#stage()").state()).isEqualTo(CircuitState.OPEN);
            assertThatThrownBy(() -> bean.stage().toCompletableFuture().get())
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(CircuitOpenException.class);
            assertThatThrownBy(() -> bean.future().get()).hasCauseInstanceOf(CircuitOpenException.class);
        }
    }

    @SessionScoped
    static class Passivating implements Serializable {
        private static final long serialVersionUID = 1L;

        @CircuitBreaking
        public void call() {}
    }

    @Test
    void aPassivatingBeanCanBeGuarded() {
        try (Application application = new Application(Passivating.class)) {
            assertThat(application.names()).containsExactly("Passivating#call()");
        }
    }

    @Dependent
    static class Client {
        @Inject
        CircuitBreakers breakers;
    }

    @Test
    void theRegistryCanBeInjectedAndControlsTheBreakers() {
        try (Application application = new Application(Client.class, Orders.class)) {
            CircuitBreakers breakers = application.get(Client.class).breakers;
            breakers.find("Orders#place(String,int)").orElseThrow().forceOpen("test");
            assertThatThrownBy(() -> application.get(Orders.class).place("pen", 1))
                    .isInstanceOf(CircuitOpenException.class);
            assertThat(breakers.find("unknown")).isEmpty();
        }
    }

    @Test
    void theInterceptorRunsOnceEvenWhereItsClassIsScanned() throws Exception {
        Class<?> interceptor = Class.forName("io.switchgear.cdi.GuardInterceptor");
        try (Application application = new Application(Orders.class, interceptor)) {
            application.get(Orders.class).place("pen", 1);
            assertThat(application.snapshot("Orders#place(String,int)").calls()).isEqualTo(1);
        }
    }

    static class Empty implements Predicate<String> {
        @Override
        public boolean test(String page) {
            return page.isEmpty();
        }
    }

    @ApplicationScoped
    static class Pages {
        @CircuitBreaking(name = "pages", failureThreshold = 1, failWhen = Empty.class)
        public String get(String page) {
            return page;
        }

        @CircuitBreaking(name = "pages", failureThreshold = 1, failWhen = Empty.class)
        public CompletionStage<String> getLater(String page) {
            return CompletableFuture.completedFuture(page);
        }
    }

    @Test
    void aResultCanBeAFailureAlsoOneThatComesLater() {
        try (Application application = new Application(Pages.class)) {
            Pages pages = application.get(Pages.class);
            assertThat(pages.get("text")).isEqualTo("text");
            assertThat(pages.get("")).isEmpty();
            assertThat(application.snapshot("pages").state()).isEqualTo(CircuitState.OPEN);
            application.breaker("pages").reset();
            assertThat(pages.getLater("")).isCompletedWithValue("");
            assertThat(application.snapshot("pages").state()).isEqualTo(CircuitState.OPEN);
        }
    }

    @ApplicationScoped
    static class Shouting implements UnaryOperator<String> {
        @Override
        @CircuitBreaking
        public String apply(String text) {
            return text + "!";
        }
    }

    @Test
    void anAnnotatedMethodMayImplementAGenericOne() {
        try (Application application = new Application(Shouting.class)) {
            assertThat(application.names()).containsExactly("Shouting#apply(String)");
            assertThat(application.get(Shouting.class).apply("x")).isEqualTo("x!");
            @SuppressWarnings("unchecked")
            Function<Object, Object> raw = (Function<Object, Object>) (Function<?, ?>) application.get(Shouting.class);
            assertThat(raw.apply("y")).isEqualTo("y!");
            assertThat(application.snapshot("Shouting#apply(String)").calls()).isEqualTo(2);
        }
    }

    static class Hidden {
        public String call() {
            return "called";
        }
    }

    @ApplicationScoped
    @CircuitBreaking
    public static class Visible extends Hidden {}

    @Test
    void aMethodThatAPublicClassInheritsFromAHiddenOneIsGuarded() {
        try (Application application = new Application(Visible.class)) {
            assertThat(application.get(Visible.class).call()).isEqualTo("called");
            assertThat(application.get(Visible.class).call()).isEqualTo("called");
            assertThat(application.names()).containsExactly("Visible#call()");
            assertThat(application.snapshot("Visible#call()").successes()).isEqualTo(2);
        }
    }

    static class Guarded {
        @CircuitBreaking
        public void call() {}
    }

    @ApplicationScoped
    static class Overriding extends Guarded {
        @Override
        public void call() {}
    }

    @Test
    void aMethodThatOverridesAGuardedOneIsNotGuardedAndHasNoBreaker() {
        try (Application application = new Application(Overriding.class)) {
            application.get(Overriding.class).call();
            assertThat(application.names()).isEmpty();
        }
    }

    /** Not a bean: a producer method wraps its instances. */
    @CircuitBreaking(failureThreshold = 1)
    static class Product {
        public String use() {
            return "used";
        }
    }

    @Dependent
    static class Factory {
        @Produces
        Product product(InterceptionFactory<Product> interception) {
            return interception.createInterceptedInstance(new Product());
        }
    }

    @Test
    void anInstanceOfAnInterceptionFactoryGetsItsBreakerAtTheFirstCall() {
        try (Application application = new Application(Factory.class)) {
            Product product = application.get(Product.class);
            assertThat(product.use()).isEqualTo("used");
            assertThat(product.use()).isEqualTo("used");
            assertThat(application.snapshot("Product#use()").successes()).isEqualTo(2);
        }
    }
}
