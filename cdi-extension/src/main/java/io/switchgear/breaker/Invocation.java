package io.switchgear.breaker;

/**
 * A call to be guarded. Takes its context as an argument so that one constant object serves all calls of a kind and
 * nothing is allocated for each.
 *
 * @param <C> what the call needs, such as an interceptor's context
 * @param <T> what it returns
 */
@FunctionalInterface
public interface Invocation<C, T> {
    T proceed(C context) throws Exception;
}
