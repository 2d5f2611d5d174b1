// SPDX-License-Identifier: Apache-2.0
package io.switchgear.microprofile;

import io.switchgear.CircuitBreaking;
import io.switchgear.FallingBack;
import io.switchgear.Retrying;
import io.switchgear.TimeLimiting;
import io.switchgear.config.ForeignProperties;
import io.switchgear.config.ForeignProperties.Property;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.BulkheadSettings;
import io.switchgear.settings.InvalidSettingsException;
import io.switchgear.settings.RetrySettings;
import io.switchgear.settings.Setting;
import io.switchgear.settings.TripOn;
import io.switchgear.settings.TunableKind;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Stream;
import org.eclipse.microprofile.faulttolerance.Asynchronous;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Fallback;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;

/** Translates the annotations of one method, as the specification defines them. */
final class Translation {
    /**
     * An annotation, which is on the method or on its class.
     *
     * @param ofStereotype whether a stereotype has it, from which it cannot be taken
     */
    record Declared(Annotation annotation, boolean onMethod, boolean ofStereotype) {}

    /** The lowest rate at which a breaker opens; MicroProfile allows 0, which would open it after successes alone. */
    private static final double LOWEST_PERCENT = 0.000_001;

    static final String NON_FALLBACK_ENABLED = "MP_Fault_Tolerance_NonFallback_Enabled";

    private final Class<?> beanClass;
    private final Method method;
    private final Map<Class<? extends Annotation>, Declared> declared;
    private final ForeignProperties properties;
    private final boolean nonFallbackEnabled;
    private final Map<Setting, String> origins = new EnumMap<>(Setting.class);
    private final List<String> problems = new ArrayList<>();

    Translation(
            Class<?> beanClass,
            Method method,
            Map<Class<? extends Annotation>, Declared> declared,
            ForeignProperties properties,
            boolean nonFallbackEnabled) {
        this.beanClass = beanClass;
        this.method = method;
        this.declared = declared;
        this.properties = properties;
        this.nonFallbackEnabled = nonFallbackEnabled;
    }

    MicroProfileGuard guard() {
        boolean asynchronous = declared.containsKey(Asynchronous.class) && isEnabled(Asynchronous.class);
        Class<?> result = method.getReturnType();
        if (asynchronous && result != CompletionStage.class && result != Future.class) {
            problems.add("@Asynchronous needs Future or CompletionStage as the return type of the method, but it was "
                    + result.getTypeName());
        }
        Parameters fallback = parameters(Fallback.class);
        Class<?> handler = fallback == null ? null : handler(fallback);
        return new MicroProfileGuard(
                literal(CircuitBreaker.class, CircuitBreaking.class, TunableKind.BREAKER, this::breaking),
                literal(Retry.class, Retrying.class, TunableKind.RETRY, this::retrying),
                literal(Timeout.class, TimeLimiting.class, TunableKind.TIME_LIMIT, this::timeLimiting),
                bulkhead(asynchronous),
                literal(
                        Fallback.class,
                        FallingBack.class,
                        TunableKind.FALLBACK,
                        parameters -> fallingBack(parameters, handler != null)),
                handler,
                asynchronous,
                origins,
                problems);
    }

    /**
     * Returns an annotation of this library, with the members that the parameters of one of MicroProfile become;
     * {@code null} if the method does not have that.
     */
    private <A extends Annotation> A literal(
            Class<? extends Annotation> type,
            Class<A> own,
            TunableKind kind,
            Function<Parameters, Map<String, Object>> translation) {
        Parameters parameters = parameters(type);
        Map<String, Object> members = parameters == null ? null : translation.apply(parameters);
        if (members != null && !isEnabled(type)) {
            members.put("enabled", false);
            switchedOff(kind, type);
        }
        return members == null ? null : AnnotationLiterals.of(own, members);
    }

    /** Returns the parameters of an annotation; {@code null} if the method does not have it. */
    private Parameters parameters(Class<? extends Annotation> type) {
        Declared found = declared.get(type);
        return found == null
                ? null
                : new Parameters(found.annotation(), prefixes(type, found.onMethod()), properties, problems);
    }

    private void switchedOff(TunableKind kind, Class<? extends Annotation> type) {
        origin(
                Setting.ofKey(kind, "enabled").orElseThrow(),
                enabled(type).map(Property::origin).orElse(NON_FALLBACK_ENABLED));
    }

    private boolean isEnabled(Class<? extends Annotation> type) {
        try {
            return enabled(type).map(Property::isTrue).orElse(nonFallbackEnabled || type == Fallback.class);
        } catch (IllegalArgumentException wrong) {
            problems.add("@" + type.getSimpleName() + " " + wrong.getMessage());
            return true;
        }
    }

    /** Intentional: other than a parameter, this may be configured for a method whose class has the annotation. */
    private Optional<Property> enabled(Class<? extends Annotation> type) {
        return Stream.of(ofMethod(type), ofClass(type), ofAll(type))
                .flatMap(List::stream)
                .map(prefix -> properties.find(prefix + "enabled"))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** Returns the beginnings of keys, the strongest first: those of where the annotation is, and of all. */
    private List<String> prefixes(Class<? extends Annotation> type, boolean onMethod) {
        return Stream.concat((onMethod ? ofMethod(type) : ofClass(type)).stream(), ofAll(type).stream())
                .toList();
    }

    private List<String> ofMethod(Class<? extends Annotation> type) {
        return owners().map(owner -> owner + "/" + method.getName() + "/" + type.getSimpleName() + "/")
                .toList();
    }

    private List<String> ofClass(Class<? extends Annotation> type) {
        return owners().map(owner -> owner + "/" + type.getSimpleName() + "/").toList();
    }

    private static List<String> ofAll(Class<? extends Annotation> type) {
        return List.of(type.getSimpleName() + "/");
    }

    /** Returns the names of the classes that a key may begin with. */
    private Stream<String> owners() {
        return Stream.of(beanClass, method.getDeclaringClass())
                .map(Class::getName)
                .distinct();
    }

    private void origin(Setting setting, String origin) {
        if (origin != null) {
            origins.put(setting, origin);
        }
    }

    // ---- breakers

    private Map<String, Object> breaking(Parameters of) {
        int volume = of.count("requestVolumeThreshold");
        int successes = of.count("successThreshold");
        double ratio = of.ratio("failureRatio");
        long delay = of.millis("delay", "delayUnit");
        atLeast(1, volume, "requestVolumeThreshold", of);
        atLeast(1, successes, "successThreshold", of);
        if (!(ratio >= 0 && ratio <= 1)) {
            of.problem("failureRatio must be >= 0 and <= 1 but was " + ratio + of.from("failureRatio"));
            ratio = 1;
        }
        Map<String, Object> members = new HashMap<>();
        members.put("tripOn", TripOn.CALL_WINDOW);
        members.put("windowCalls", volume);
        members.put("minimumCalls", volume);
        // intentional: in decimal, as 100 * 0.55 is more than 55
        double percent = BigDecimal.valueOf(ratio).movePointRight(2).doubleValue();
        members.put("failureRateThresholdPercent", Math.max(LOWEST_PERCENT, percent));
        members.put("openMillis", delay);
        members.put("openMaxMillis", Math.max(delay, BreakerSettings.defaults().openMaxMillis()));
        members.put("successThreshold", successes);
        members.put("halfOpenMaxCalls", 1);
        members.put("failOn", of.throwables("failOn"));
        members.put("skipOn", of.throwables("skipOn"));
        origin(Setting.WINDOW_CALLS, of.origin("requestVolumeThreshold"));
        origin(Setting.MINIMUM_CALLS, of.origin("requestVolumeThreshold"));
        origin(Setting.FAILURE_RATE_THRESHOLD_PERCENT, of.origin("failureRatio"));
        origin(Setting.OPEN_MILLIS, of.origin("delay", "delayUnit"));
        origin(Setting.SUCCESS_THRESHOLD, of.origin("successThreshold"));
        return members;
    }

    private static void atLeast(int minimum, int value, String name, Parameters of) {
        if (value < minimum) {
            of.problem(name + " must be >= " + minimum + " but was " + value + of.from(name));
        }
    }

    // ---- retries

    private Map<String, Object> retrying(Parameters of) {
        int retries = of.count("maxRetries");
        long delay = of.millis("delay", "delayUnit");
        long maxDuration = of.millis("maxDuration", "durationUnit");
        long jitter = of.millis("jitter", "jitterDelayUnit");
        atLeast(-1, retries, "maxRetries", of);
        if (maxDuration > 0 && delay >= maxDuration) {
            of.problem("maxDuration must be 0 or more than delay (" + delay + " ms) but was " + maxDuration + " ms"
                    + of.from("maxDuration"));
            maxDuration = 0;
        }
        long attempts = retries < 0 ? Long.MAX_VALUE : retries + 1L;
        Map<String, Object> members = new HashMap<>();
        members.put("maxAttempts", (int)
                Math.min(attempts, Setting.MAX_ATTEMPTS.range().max()));
        members.put("delayMillis", delay);
        members.put("backoffFactor", 1.0);
        members.put("maxDelayMillis", Math.max(delay, RetrySettings.defaults().maxDelayMillis()));
        members.put("jitterPercent", 0.0);
        members.put("jitterMillis", jitter);
        members.put("maxDurationMillis", maxDuration);
        members.put("minRetriesPerSecond", RetrySettings.NO_BUDGET);
        members.put("retryOn", of.throwables("retryOn"));
        members.put("abortOn", of.throwables("abortOn"));
        origin(Setting.MAX_ATTEMPTS, of.origin("maxRetries"));
        origin(Setting.DELAY_MILLIS, of.origin("delay", "delayUnit"));
        origin(Setting.JITTER_MILLIS, of.origin("jitter", "jitterDelayUnit"));
        origin(Setting.MAX_DURATION_MILLIS, of.origin("maxDuration", "durationUnit"));
        return members;
    }

    // ---- time limits

    /** Returns {@code null} for a time limit of 0, which is none. */
    private Map<String, Object> timeLimiting(Parameters of) {
        long limit = of.millis("value", "unit");
        origin(Setting.LIMIT_MILLIS, of.origin("value", "unit"));
        Map<String, Object> members = new HashMap<>();
        members.put("limitMillis", limit);
        return limit == 0 ? null : members;
    }

    // ---- bulkheads

    /**
     * Returns the settings of the bulkhead; {@code null} if there is none. Calls wait only if they are asynchronous.
     */
    private BulkheadSettings bulkhead(boolean asynchronous) {
        Parameters of = parameters(Bulkhead.class);
        if (of == null) {
            return null;
        }
        int calls = of.count("value");
        int waiting = asynchronous ? of.count("waitingTaskQueue") : 0;
        atLeast(1, calls, "value", of);
        if (asynchronous) {
            atLeast(1, waiting, "waitingTaskQueue", of);
        }
        origin(Setting.BULKHEAD_MAX_CONCURRENT_CALLS, of.origin("value"));
        origin(Setting.BULKHEAD_MAX_WAITING_CALLS, of.origin("waitingTaskQueue"));
        boolean enabled = isEnabled(Bulkhead.class);
        if (!enabled) {
            switchedOff(TunableKind.BULKHEAD, Bulkhead.class);
        }
        try {
            return BulkheadSettings.defaults()
                    .enabled(enabled)
                    .maxConcurrentCalls(calls)
                    .maxWaitingCalls(waiting);
        } catch (InvalidSettingsException invalid) {
            of.problem(invalid.messageNaming(member ->
                    member + (member.equals("maxWaitingCalls") ? of.from("waitingTaskQueue") : of.from("value"))));
            return null;
        }
    }

    // ---- fallbacks

    private static Map<String, Object> fallingBack(Parameters of, boolean hasHandler) {
        String fallbackMethod = of.text("fallbackMethod");
        if (!fallbackMethod.isEmpty() && hasHandler) {
            of.problem("has a fallbackMethod and a handler; choose one");
        }
        Map<String, Object> members = new HashMap<>();
        members.put("method", fallbackMethod);
        members.put("on", of.throwables("applyOn"));
        members.put("exceptOn", of.throwables("skipOn"));
        return members;
    }

    private static Class<?> handler(Parameters of) {
        Class<?> handler = of.type("value");
        return handler == Fallback.DEFAULT.class ? null : handler;
    }
}
