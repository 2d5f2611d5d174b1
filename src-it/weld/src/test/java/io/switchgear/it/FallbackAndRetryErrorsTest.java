// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it;

import static io.switchgear.it.DeploymentErrors.assertProblems;

import io.switchgear.CacheKey;
import io.switchgear.FailedCall;
import io.switchgear.FallbackHandler;
import io.switchgear.FallingBack;
import io.switchgear.Retrying;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.SessionScoped;
import java.io.Serializable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.junit.jupiter.api.Test;

/** Deployments that fail because a fallback, a retry or an injected breaker is declared wrongly. */
@SuppressWarnings("unused") // wrong methods are never called
class FallbackAndRetryErrorsTest implements LeavesNoMBeans {
    private static String[] of(Class<?> bean, String... sentences) {
        String[] full = new String[sentences.length];
        for (int i = 0; i < sentences.length; i++) {
            full[i] = bean.getName() + "#" + sentences[i];
        }
        return full;
    }

    static class NoBean implements FallbackHandler<String> {
        @Override
        public String handle(FailedCall call) {
            return "";
        }
    }

    @ApplicationScoped
    static class Counting implements FallbackHandler<Integer> {
        @Override
        public Integer handle(FailedCall call) {
            return 1;
        }
    }

    @ApplicationScoped
    static class Fallbacks {
        @FallingBack(method = "missing")
        public String missing1(int number) {
            return "";
        }

        @FallingBack(method = "other")
        public String other1(int number) {
            return "";
        }

        String other(String text) {
            return text;
        }

        String other(long number, String text) {
            return text;
        }

        @FallingBack(method = "result")
        public String result1() {
            return "";
        }

        Object result() {
            return "";
        }

        @FallingBack(method = "self")
        public String self() {
            return "";
        }

        @FallingBack
        public String nothing() {
            return "";
        }

        @FallingBack(method = "result", handler = Counting.class)
        public Object both() {
            return "";
        }

        @FallingBack(handler = NoBean.class)
        public String noBean() {
            return "";
        }

        @FallingBack(handler = Counting.class)
        public String otherType() {
            return "";
        }

        @FallingBack(lastGood = true)
        public void noValue() {}

        @FallingBack(lastGood = true)
        public Future<String> future() {
            return CompletableFuture.completedFuture("");
        }

        @FallingBack(
                lastGood = true,
                ttlMillis = 0,
                maxEntries = 0,
                on = {})
        public String range() {
            return "";
        }

        @FallingBack(lastGood = true, name = "twice")
        public String once() {
            return "";
        }

        @FallingBack(lastGood = true, name = "twice")
        public String twice() {
            return "";
        }

        @FallingBack(lastGood = true)
        private String hidden() {
            return "";
        }
    }

    @Test
    void allInvalidFallbacksAreReportedAtOnceWithTheirCures() {
        assertProblems(
                of(
                        Fallbacks.class,
                        "missing1(int): @FallingBack method must name a method of the bean that takes (int), or these and"
                                + " the failure, but was \"missing\"; there is no other method of this name that missing1 could"
                                + " call",
                        "other1(int): @FallingBack method must name a method of the bean that takes (int), or these and the"
                                + " failure, but was \"other\"; methods of this name take ",
                        "result1(): @FallingBack method must return java.lang.String or a type of it, but \"result\""
                                + " returns java.lang.Object",
                        "self(): @FallingBack method must name a method of the bean that takes ()",
                        "nothing(): @FallingBack says nothing to fall back to; give method, handler or lastGood = true",
                        "both(): @FallingBack has a method and a handler; choose one",
                        "noBean(): @FallingBack handler must be a CDI bean, but " + NoBean.class.getName()
                                + " is none; give it a scope, as @ApplicationScoped",
                        "otherType(): @FallingBack handler must return java.lang.String, but "
                                + Counting.class.getName() + " returns java.lang.Integer",
                        "noValue(): @FallingBack lastGood needs a value to keep, but the method returns void",
                        "future(): @FallingBack lastGood needs a value that many callers can use, but the method returns"
                                + " java.util.concurrent.Future",
                        "range(): @FallingBack on must name at least one class but was {}: it would never apply",
                        "range(): @FallingBack ttlMillis must be a whole number >= 1 and <= 604800000 but was 0; maxEntries"
                                + " must be a whole number >= 1 and <= 1000000 but was 0",
                        "twice(): @FallingBack name \"twice\" is that of the fallback of " + Fallbacks.class.getName()
                                + "#once(); choose another name",
                        "hidden(): @FallingBack has no effect on a private method; make it an instance method that is not"
                                + " private"),
                Fallbacks.class,
                Counting.class);
    }

    @SessionScoped
    static class Cart implements Serializable {
        private static final long serialVersionUID = 1L;

        @FallingBack(lastGood = true)
        public String items() {
            return "";
        }
    }

    @ApplicationScoped
    static class Keyed {
        @FallingBack(method = "other")
        public String keyed(@CacheKey String text) {
            return text;
        }

        String other(String text) {
            return text;
        }
    }

    @Test
    void lastGoodValuesAreNotShownToOtherUsers() {
        assertProblems(
                of(
                        Cart.class,
                        "items(): @FallingBack lastGood needs a bean that serves all callers, such as one that is"
                                + " @ApplicationScoped, @Singleton or @Stateless"),
                Cart.class);
        assertProblems(
                of(
                        Keyed.class,
                        "keyed(java.lang.String): @FallingBack keeps no values, so that @CacheKey has no effect"),
                Keyed.class);
    }

    static class OwnFuture<T> extends CompletableFuture<T> {}

    @ApplicationScoped
    static class Retries {
        @Retrying(
                maxAttempts = 0,
                backoffFactor = 11,
                retryOn = {})
        public void range() {}

        @Retrying(delayMillis = 20_000)
        public void contradiction() {}

        @Retrying(name = "shared")
        public void one() {}

        @Retrying(name = "shared", maxAttempts = 4)
        public void other() {}

        @Retrying
        public OwnFuture<String> own() {
            return new OwnFuture<>();
        }

        @Retrying
        @Retry
        public void twice() {}
    }

    @Test
    void allInvalidRetriesAreReportedAtOnceWithTheirCures() {
        assertProblems(
                of(
                        Retries.class,
                        "range(): @Retrying retryOn must name at least one class but was {}: nothing could ever be retried",
                        "range(): @Retrying maxAttempts must be a whole number >= 1 and <= 1000000 but was 0; backoffFactor must"
                                + " be a number >= 1 and <= 10 but was 11.0",
                        "contradiction(): @Retrying maxDelayMillis must be >= delayMillis (20000) but was 10000, the default",
                        "other(): @Retrying name \"shared\" is that of the retry of " + Retries.class.getName()
                                + "#one(), which has other values: ",
                        "own(): @Retrying needs CompletionStage or CompletableFuture as the return type of an asynchronous"
                                + " method, but it was " + OwnFuture.class.getName(),
                        "twice(): @Retrying and MicroProfile's @Retry would both act on each call; remove one of them"),
                Retries.class);
    }
}
