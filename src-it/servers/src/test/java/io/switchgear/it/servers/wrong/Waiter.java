// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers.wrong;

import io.switchgear.Retrying;
import jakarta.ejb.Stateless;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A retry would run when the instance already serves another caller. */
@Stateless
public class Waiter {
    @Retrying
    public CompletionStage<String> serve() {
        return CompletableFuture.completedFuture("");
    }
}
