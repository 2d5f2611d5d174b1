// SPDX-License-Identifier: Apache-2.0
package io.switchgear.lab.subject;

import io.switchgear.CircuitOpenException;
import io.switchgear.FailureRule;
import io.switchgear.breaker.Breaker;
import io.switchgear.guard.GuardLayers;
import io.switchgear.guard.GuardPipeline;
import io.switchgear.guard.Retry;
import io.switchgear.lab.simulation.Chance;
import io.switchgear.lab.simulation.Subject;
import io.switchgear.lab.simulation.VirtualTime;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.RetrySettings;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** A guard of this library: retries, and a breaker within them. Its calls return stages, so no thread waits. */
final class GuardSubject implements Subject {
    private final GuardPipeline<Remote> pipeline;
    private final Breaker breaker;

    /** @param breakerSettings {@code null} for no breaker */
    GuardSubject(RetrySettings settings, BreakerSettings breakerSettings, VirtualTime time, Chance chance) {
        Retry retry = new Retry(
                "lab", settings, new FailureRule(List.of(Exception.class), List.of()), time, time, chance::next);
        GuardLayers<Object> layers = GuardLayers.on(time).with(retry);
        breaker = breakerSettings == null
                ? null
                : new Breaker("lab", breakerSettings, FailureRule.ANY, time, time, transition -> {});
        pipeline = new GuardPipeline<>(CompletionStage.class, breaker == null ? layers : layers.with(breaker));
    }

    @Override
    public void call(Remote remote, Consumer<Ending> end) {
        try {
            CompletionStage<?> result = (CompletionStage<?>) pipeline.call(GuardSubject::send, remote);
            result.whenComplete((value, thrown) -> end.accept(ending(thrown)));
        } catch (Exception thrown) {
            end.accept(ending(thrown));
        }
    }

    private static CompletionStage<Object> send(Remote remote) {
        CompletableFuture<Object> reply = new CompletableFuture<>();
        remote.send(succeeded -> {
            if (succeeded) {
                reply.complete("done");
            } else {
                reply.completeExceptionally(ServiceFailure.INSTANCE);
            }
        });
        return reply;
    }

    private static Ending ending(Throwable thrown) {
        Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
        if (cause == null) {
            return Ending.DELIVERED;
        }
        return cause instanceof CircuitOpenException ? Ending.REJECTED : Ending.FAILED;
    }

    @Override
    public double admits() {
        return breaker == null || !breaker.rejectsNow() ? 1 : 0;
    }
}
