package io.switchgear.jmx;

import io.switchgear.CircuitBreaker;
import io.switchgear.Mode;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BiConsumer;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;

/** What an operator can do to a breaker. */
enum BreakerOperation {
    FORCE_OPEN("forceOpen", Mode.FORCED_OPEN, "Rejects every call until the mode changes", CircuitBreaker::forceOpen),
    FORCE_CLOSED(
            "forceClosed",
            Mode.FORCED_CLOSED,
            "Admits every call until the mode changes; outcomes are measured, nothing opens the breaker",
            CircuitBreaker::forceClosed),
    OBSERVE(
            "observe",
            Mode.OBSERVING,
            "Judges and reports, but rejects nothing, until the mode changes",
            CircuitBreaker::observe),
    AUTOMATIC(
            "automatic",
            Mode.AUTOMATIC,
            "Lets the breaker decide again; one that was forced open goes on with trials",
            (breaker, reason) -> breaker.automatic()),
    RESET(
            "reset",
            null,
            "Closes the breaker, forgets the outcomes it judged and ends a forced mode; settings and totals stay",
            (breaker, reason) -> breaker.reset());

    private final String operationName;
    private final Mode mode;
    private final String description;
    private final BiConsumer<CircuitBreaker, String> action;

    BreakerOperation(String operationName, Mode mode, String description, BiConsumer<CircuitBreaker, String> action) {
        this.operationName = operationName;
        this.mode = mode;
        this.description = description;
        this.action = action;
    }

    static Optional<BreakerOperation> named(String name, int parameters) {
        return Arrays.stream(values())
                .filter(operation ->
                        operation.operationName.equals(name) && operation.info().getSignature().length == parameters)
                .findFirst();
    }

    /** The operation that sets this mode. */
    static BreakerOperation of(Mode mode) {
        return Arrays.stream(values())
                .filter(operation -> operation.mode == mode)
                .findFirst()
                .orElseThrow();
    }

    String operationName() {
        return operationName;
    }

    void on(CircuitBreaker breaker, String reason) {
        action.accept(breaker, reason);
    }

    MBeanOperationInfo info() {
        boolean takesReason = mode != null && mode != Mode.AUTOMATIC;
        MBeanParameterInfo reason =
                new MBeanParameterInfo("reason", String.class.getName(), "Shown beside the mode; may be empty");
        return new MBeanOperationInfo(
                operationName,
                description,
                takesReason ? new MBeanParameterInfo[] {reason} : new MBeanParameterInfo[0],
                void.class.getName(),
                MBeanOperationInfo.ACTION);
    }
}
