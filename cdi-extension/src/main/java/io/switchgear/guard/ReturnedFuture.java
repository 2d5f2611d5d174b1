// SPDX-License-Identifier: Apache-2.0
package io.switchgear.guard;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The future that an {@linkplain Offload offloaded} method returns, for a caller that has it before the method returns.
 *
 * @param call completes with the future of the method
 */
record ReturnedFuture(CompletableFuture<?> call) implements Future<Object> {
    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        Future<?> returned = returned();
        return (returned == null ? call : returned).cancel(mayInterruptIfRunning);
    }

    @Override
    public boolean isCancelled() {
        Future<?> returned = returned();
        return (returned == null ? call : returned).isCancelled();
    }

    @Override
    public boolean isDone() {
        Future<?> returned = returned();
        return (returned == null ? call : returned).isDone();
    }

    @Override
    public Object get() throws InterruptedException, ExecutionException {
        Object value = call.get();
        return value instanceof Future<?> returned ? returned.get() : value;
    }

    @Override
    public Object get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        long end = System.nanoTime() + unit.toNanos(timeout);
        Object value = call.get(timeout, unit);
        return value instanceof Future<?> returned
                ? returned.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS)
                : value;
    }

    /** Returns the future of the method; {@code null} as long as it has not returned one. */
    private Future<?> returned() {
        return call.isDone() && !call.isCompletedExceptionally() && call.join() instanceof Future<?> returned
                ? returned
                : null;
    }
}
