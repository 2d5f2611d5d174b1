// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers.guarded;

import io.switchgear.CircuitBreaking;
import jakarta.ejb.AsyncResult;
import jakarta.ejb.Asynchronous;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.concurrent.Future;

@Stateless
public class Post {
    @Inject
    Backend backend;

    @Asynchronous
    @CircuitBreaking(failureThreshold = 2)
    public Future<String> send() {
        return new AsyncResult<>(backend.respond());
    }
}
