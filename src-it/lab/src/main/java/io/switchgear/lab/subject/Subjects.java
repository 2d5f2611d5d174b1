// SPDX-License-Identifier: Apache-2.0
package io.switchgear.lab.subject;

import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.switchgear.lab.simulation.Subject.Kind;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.RetrySettings;
import io.switchgear.settings.TripOn;
import java.util.List;

/** The subjects of the lab, each with its defaults unless its name says otherwise. */
public final class Subjects {
    /** Nothing between caller and service. */
    public static final Kind NONE = new Kind("no breaker", (time, chance) -> new Unprotected());

    public static final Kind CONSECUTIVE_FAILURES = breaker(
            "CONSECUTIVE_FAILURES",
            BreakerSettings.builder().tripOn(TripOn.CONSECUTIVE_FAILURES).build());
    public static final Kind CALL_WINDOW = breaker(
            "CALL_WINDOW", BreakerSettings.builder().tripOn(TripOn.CALL_WINDOW).build());
    public static final Kind TIME_WINDOW = breaker(
            "TIME_WINDOW", BreakerSettings.builder().tripOn(TripOn.TIME_WINDOW).build());

    public static final Kind ADAPTIVE = breaker(
            "ADAPTIVE", BreakerSettings.builder().tripOn(TripOn.ADAPTIVE).build());

    /** The policy that the manual recommends for services that many calls share. */
    public static final Kind RECOMMENDED = ADAPTIVE;

    public static final Kind RESILIENCE4J_CALLS = new Kind(
            "Resilience4j, call window",
            (time, chance) -> new Resilience4jBreaker(CircuitBreakerConfig.custom(), time));
    public static final Kind RESILIENCE4J_TIME = new Kind(
            "Resilience4j, time window",
            (time, chance) -> new Resilience4jBreaker(
                    CircuitBreakerConfig.custom().slidingWindowType(SlidingWindowType.TIME_BASED), time));

    public static final Kind SMALLRYE = new Kind("SmallRye", (time, chance) -> new SmallRyeBreaker(time));

    /** With 5 failures, as its default of a single one suits no shared service. */
    public static final Kind FAILSAFE =
            new Kind("Failsafe, 5 failures", (time, chance) -> new FailsafeBreaker(5, time));

    /** The classic breaker of semian's experiments with errors. */
    public static final Kind SEMIAN_12 =
            new Kind("semian, 12 errors in 20 s", (time, chance) -> new SemianBreaker(12, 20, 15, 2, time));

    /** The classic breaker of semian's experiments with latency. */
    public static final Kind SEMIAN_2 =
            new Kind("semian, 2 errors in 20 s", (time, chance) -> new SemianBreaker(2, 20, 15, 2, time));

    /** The rule of Google's book on site reliability engineering, "Handling Overload". */
    public static final Kind SRE_THROTTLE =
            new Kind("client throttling (SRE book), K = 2", (time, chance) -> new ClientThrottle(2, 120, time, chance));

    /** Retries of this library with its defaults, without a breaker. */
    public static final Kind RETRIES =
            new Kind("retries", (time, chance) -> new GuardSubject(RetrySettings.defaults(), null, time, chance));

    /** Retries and a breaker of this library with their defaults. */
    public static final Kind RETRIES_AND_BREAKER = new Kind(
            "retries and breaker",
            (time, chance) -> new GuardSubject(RetrySettings.defaults(), BreakerSettings.defaults(), time, chance));

    /** Brooker's strategies. */
    public static final Kind THREE_RETRIES =
            new Kind("3 retries (Brooker)", (time, chance) -> new BrookerRetries(3, 0, 0, 0));

    public static final Kind TOKEN_BUCKET =
            new Kind("token bucket, 10 % (Brooker)", (time, chance) -> new BrookerRetries(Integer.MAX_VALUE, .1, 5, 0));

    public static final Kind RETRY_BREAKER =
            new Kind("breaker on retries, 10 % (Brooker)", (time, chance) -> new BrookerRetries(3, 0, 0, .1));

    /** The policies of this library. */
    public static final List<Kind> OURS = List.of(CONSECUTIVE_FAILURES, CALL_WINDOW, TIME_WINDOW, ADAPTIVE);

    /** The breakers of the peers. */
    public static final List<Kind> PEERS = List.of(RESILIENCE4J_CALLS, RESILIENCE4J_TIME, SMALLRYE, FAILSAFE);

    private Subjects() {}

    private static Kind breaker(String name, BreakerSettings settings) {
        return new Kind(name, (time, chance) -> new BreakerSubject(settings, time));
    }
}
