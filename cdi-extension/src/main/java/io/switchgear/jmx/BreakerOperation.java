package io.switchgear.jmx;

import io.switchgear.CircuitBreaker;
import io.switchgear.Mode;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;

/** What an operator can do to a breaker. */
enum BreakerOperation {
    FORCE_OPEN(
            "forceOpen",
            List.of(Parameter.REASON),
            "Rejects every call until the mode changes",
            (breaker, time, reason) -> breaker.forceOpen(reason)),
    FORCE_OPEN_FOR(
            "forceOpenFor",
            List.of(Parameter.MINUTES, Parameter.REASON),
            "Rejects every call for so many minutes; then trials decide",
            (breaker, time, reason) -> breaker.control(Mode.FORCED_OPEN, time, reason)),
    FORCE_CLOSED(
            "forceClosed",
            List.of(Parameter.REASON),
            "Admits every call until the mode changes; outcomes are measured, nothing opens the breaker",
            (breaker, time, reason) -> breaker.forceClosed(reason)),
    FORCE_CLOSED_FOR(
            "forceClosedFor",
            List.of(Parameter.MINUTES, Parameter.REASON),
            "Admits every call for so many minutes; then the breaker decides again",
            (breaker, time, reason) -> breaker.control(Mode.FORCED_CLOSED, time, reason)),
    OBSERVE(
            "observe",
            List.of(Parameter.REASON),
            "Judges and reports, but rejects nothing, until the mode changes",
            (breaker, time, reason) -> breaker.observe(reason)),
    AUTOMATIC(
            "automatic",
            List.of(),
            "Lets the breaker decide again; one that was forced open goes on with trials",
            (breaker, time, reason) -> breaker.automatic()),
    HALF_OPEN_NOW(
            "halfOpenNow",
            List.of(),
            "Ends a time in OPEN early: the next calls are trials",
            (breaker, time, reason) -> breaker.halfOpenNow()),
    RESET(
            "reset",
            List.of(),
            "Closes the breaker, forgets the outcomes it judged and ends a forced mode; settings and totals stay",
            (breaker, time, reason) -> breaker.reset());

    /** What an operation takes, in this order. */
    enum Parameter {
        MINUTES(new MBeanParameterInfo("minutes", "int", "How long; 1 to 10080 (a week)")),
        REASON(new MBeanParameterInfo("reason", String.class.getName(), "Shown beside the mode; may be empty"));

        private final MBeanParameterInfo info;

        Parameter(MBeanParameterInfo info) {
            this.info = info;
        }
    }

    private interface Action {
        void on(CircuitBreaker breaker, Duration time, String reason);
    }

    private static final int MOST_MINUTES = 10_080;

    private final String operationName;
    private final List<Parameter> parameters;
    private final String description;
    private final Action action;

    BreakerOperation(String operationName, List<Parameter> parameters, String description, Action action) {
        this.operationName = operationName;
        this.parameters = parameters;
        this.description = description;
        this.action = action;
    }

    static Optional<BreakerOperation> named(String name, int parameters) {
        return Arrays.stream(values())
                .filter(operation -> operation.operationName.equals(name) && operation.parameters.size() == parameters)
                .findFirst();
    }

    /** The operation that sets this mode without an end. */
    static BreakerOperation of(Mode mode) {
        return switch (mode) {
            case AUTOMATIC -> AUTOMATIC;
            case FORCED_OPEN -> FORCE_OPEN;
            case FORCED_CLOSED -> FORCE_CLOSED;
            case OBSERVING -> OBSERVE;
        };
    }

    /**
     * Does it.
     *
     * @param given as many as this operation takes
     * @throws IllegalArgumentException if the minutes are none
     */
    void on(CircuitBreaker breaker, Object... given) {
        Duration time = null;
        String reason = "";
        for (int i = 0; i < given.length; i++) {
            if (parameters.get(i) == Parameter.MINUTES) {
                time = Duration.ofMinutes(Text.wholeNumber("minutes", given[i], 1, MOST_MINUTES));
            } else {
                reason = Text.reason(given[i]);
            }
        }
        action.on(breaker, time, reason);
    }

    MBeanOperationInfo info() {
        return new MBeanOperationInfo(
                operationName,
                description,
                parameters.stream().map(parameter -> parameter.info).toArray(MBeanParameterInfo[]::new),
                void.class.getName(),
                MBeanOperationInfo.ACTION);
    }
}
