package io.switchgear.guard;

/**
 * What a fallback does in place of a call that failed.
 *
 * @param <C> what is known of the call, such as an interceptor's context
 */
@FunctionalInterface
public interface Recovery<C> {
    /** Answered where nothing stands in. */
    Object NOTHING = new Object();

    /** Answers what the caller gets, or {@link #NOTHING}, or throws what the caller gets. */
    Object recover(C context, Throwable failure, int attempts) throws Exception;
}
