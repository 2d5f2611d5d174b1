// SPDX-License-Identifier: Apache-2.0
package io.switchgear.guard;

import io.switchgear.breaker.Invocation;

/** An attempt that runs on this thread, for the calls within it. */
final class RunningAttempt {
    private static final ThreadLocal<RunningAttempt> INNERMOST = new ThreadLocal<>();

    private final Retry retry;
    private final RunningAttempt outer;

    private RunningAttempt(Retry retry, RunningAttempt outer) {
        this.retry = retry;
        this.outer = outer;
    }

    /** Returns whether this thread runs an attempt of this retry. */
    static boolean isOf(Retry retry) {
        RunningAttempt attempt = INNERMOST.get();
        while (attempt != null && attempt.retry != retry) {
            attempt = attempt.outer;
        }
        return attempt != null;
    }

    /** @param retry {@code null} if the call is not retried */
    static <C> Object run(Retry retry, Invocation<? super C, ?> attempt, C context) throws Exception {
        if (retry == null) {
            return attempt.proceed(context);
        }
        RunningAttempt outer = INNERMOST.get();
        INNERMOST.set(new RunningAttempt(retry, outer));
        try {
            return attempt.proceed(context);
        } finally {
            if (outer == null) {
                // not null as a value: the thread may outlive the application
                INNERMOST.remove();
            } else {
                INNERMOST.set(outer);
            }
        }
    }
}
