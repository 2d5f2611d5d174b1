package io.switchgear;

/**
 * Stands in for failed calls. As a CDI bean it is named by {@link FallingBack#handler}, and one object serves all calls
 * of a method, by many threads.
 *
 * @param <T> what the method returns; a {@link java.util.concurrent.CompletionStage} if the method does
 * @since 0.1
 */
@FunctionalInterface
public interface FallbackHandler<T> {
    /**
     * Answers what the caller gets in place of the failure.
     *
     * @throws Exception which the caller gets, with the call's failure among its suppressed ones
     */
    T handle(FailedCall call) throws Exception;
}
