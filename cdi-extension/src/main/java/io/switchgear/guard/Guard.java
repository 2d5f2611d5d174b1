package io.switchgear.guard;

import io.switchgear.CircuitOpenException;
import io.switchgear.breaker.Breaker;
import io.switchgear.breaker.Invocation;
import io.switchgear.breaker.Permit;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;

/** Runs the calls of one method under its breaker, in the way that its return type asks for. */
public final class Guard {
    private enum Result {
        /** Judged on return. */
        PLAIN,
        /** Judged on completion; a rejection is thrown. */
        ASYNCHRONOUS,
        /** Judged on completion; a rejection is a failed future, as asynchronous callers look for failures there. */
        STAGE;

        static Result of(Class<?> type) {
            if (type == CompletionStage.class || type == CompletableFuture.class) {
                return STAGE;
            }
            return CompletionStage.class.isAssignableFrom(type) || type == Future.class ? ASYNCHRONOUS : PLAIN;
        }
    }

    private final Breaker breaker;
    private final Result result;

    /** @param returnType the return type of the method */
    public Guard(Breaker breaker, Class<?> returnType) {
        this.breaker = breaker;
        this.result = Result.of(returnType);
    }

    /** The right to run one call for those who run it themselves; {@code null} if only {@link #call} will do. */
    public Permit acquire() {
        return result == Result.PLAIN ? breaker.acquire() : null;
    }

    /**
     * Runs {@code invocation} on {@code context}.
     *
     * @throws CircuitOpenException if the breaker rejects the call and the method returns no stage
     * @throws Exception what the invocation threw, unchanged
     */
    public <C> Object call(Invocation<? super C, ?> invocation, C context) throws Exception {
        return switch (result) {
            case PLAIN -> breaker.call(invocation, context);
            case ASYNCHRONOUS -> breaker.callAsync(invocation, context);
            case STAGE -> stage(invocation, context);
        };
    }

    private <C> Object stage(Invocation<? super C, ?> invocation, C context) throws Exception {
        try {
            return breaker.callAsync(invocation, context);
        } catch (CircuitOpenException rejected) {
            CompletionStage<Object> failed = CompletableFuture.failedFuture(rejected);
            return failed;
        }
    }
}
