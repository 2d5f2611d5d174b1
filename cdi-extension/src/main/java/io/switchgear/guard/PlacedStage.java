// SPDX-License-Identifier: Apache-2.0
package io.switchgear.guard;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The result of a call in a bulkhead whose stage goes on. It ends after the call has left its place: of two callbacks
 * on one stage nothing says which runs first. Completing or cancelling it ends the stage of the call.
 */
final class PlacedStage extends CompletableFuture<Object> {
    private final RunningStage running;

    PlacedStage(CompletionStage<?> stage, Departure departure) {
        running = new RunningStage(stage, null);
        CompletionStage<?> unused = stage.whenComplete((value, thrown) -> {
            departure.run();
            if (thrown == null) {
                super.complete(value);
            } else {
                super.completeExceptionally(thrown);
            }
        });
    }

    @Override
    public boolean complete(Object value) {
        return ended(super.complete(value), null, true);
    }

    @Override
    public boolean completeExceptionally(Throwable thrown) {
        return ended(super.completeExceptionally(thrown), thrown, true);
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        return ended(super.cancel(mayInterruptIfRunning), null, mayInterruptIfRunning);
    }

    private boolean ended(boolean ended, Throwable thrown, boolean interrupts) {
        if (ended) {
            running.end(thrown, interrupts);
        }
        return ended;
    }
}
