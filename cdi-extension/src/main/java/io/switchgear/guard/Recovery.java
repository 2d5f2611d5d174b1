package io.switchgear.guard;

/**
 * What a fallback does instead of a call that failed.
 *
 * @param <C> what is known of the call, such as an interceptor's context
 */
@FunctionalInterface
public interface Recovery<C> {
    /** Returned if there is no value for this failure. */
    Object NOTHING = new Object();

    /** Returns the caller's result, or {@link #NOTHING}; throws the caller's failure. */
    Object recover(C context, Throwable failure, int attempts) throws Exception;
}
