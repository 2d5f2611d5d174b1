// SPDX-License-Identifier: Apache-2.0
package io.switchgear.cdi;

import io.switchgear.FallingBack;
import io.switchgear.guard.LastGoodValues;
import io.switchgear.guard.Recovery;
import io.switchgear.guard.ResultTypes;
import io.switchgear.microprofile.MicroProfileAnnotations;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.interceptor.InvocationContext;
import java.lang.reflect.Type;
import java.util.concurrent.CompletionStage;

/** Checks the fallback of a method, and finds what it falls back to. */
final class FallbackCheck {
    private FallbackCheck() {}

    /** Adds the problems with the annotation of a fallback, but for its settings and its name. */
    static void check(MethodProblems found) {
        GuardedMethod method = found.method();
        FallingBack annotation = method.fallingBack();
        if (annotation.on().length == 0 && method.microProfile() == null) {
            found.add("on must name at least one class but was {}: it would never apply");
        }
        Class<?> result = method.method().getReturnType();
        found.refuseOtherStages(result);
        boolean hasHandler = method.handler() != null;
        if (!annotation.method().isEmpty() && hasHandler && method.microProfile() == null) {
            found.add("has a method and a handler; choose one");
        }
        if (annotation.method().isEmpty() && !hasHandler && !annotation.lastGood()) {
            found.add("says nothing to fall back to; give method, handler or lastGood = true");
        }
        if (!annotation.lastGood() && !method.keys().isEmpty()) {
            found.add("keeps no values, so that @CacheKey has no effect; add lastGood = true, or remove @CacheKey");
        }
        if (!annotation.method().isEmpty()
                && method.isOfSessionBean()
                && CompletionStage.class.isAssignableFrom(result)) {
            found.add("cannot call a method of a session bean when a stage has failed, as its instance serves others by"
                    + " then; give a handler");
        }
        if (annotation.lastGood() && !method.servesAll()) {
            found.add(
                    "lastGood needs a bean that serves all callers, such as one that is @ApplicationScoped, @Singleton or"
                            + " @Stateless: otherwise callers would get each other's results");
        }
        if (annotation.lastGood() && !LastGoodValues.isAvailable()) {
            found.add(LastGoodValues.ABSENT);
        }
        if (annotation.lastGood() && result == void.class) {
            found.add("lastGood needs a value to keep, but the method returns " + result.getTypeName());
        }
        if (annotation.lastGood()
                && (ResultTypes.isUsedOnce(method.method().getGenericReturnType())
                        || ResultTypes.isUsedOnce((Type) found.types().resultOf(method.method())))) {
            found.add("lastGood needs a value that many callers can use, but the method returns "
                    + method.method().getGenericReturnType().getTypeName()
                    + ", which can be used only once; return what it contains");
        }
    }

    /**
     * Returns what a method falls back to; {@code null} if that is the last good value alone.
     *
     * @throws IllegalArgumentException if there is no such method, or if the handler does not fit
     */
    static Recovery<InvocationContext> recovery(
            GuardedMethod method, String name, ApplicationBeans beans, BeanManager beanManager) {
        if (!method.fallingBack().method().isEmpty()) {
            return FallbackMethod.of(method);
        }
        if (method.handler() == null) {
            return null;
        }
        return method.microProfile() == null
                ? HandlerBean.of(method, name, beans, beanManager)
                : ofMicroProfile(method, beans, beanManager);
    }

    private static Recovery<InvocationContext> ofMicroProfile(
            GuardedMethod method, ApplicationBeans beans, BeanManager beanManager) {
        HandlerBean.checkResult(method, method.handler(), MicroProfileAnnotations.handlerType());
        return MicroProfileAnnotations.recovery(method.handler(), beans.of(method.handler(), beanManager), beanManager);
    }
}
