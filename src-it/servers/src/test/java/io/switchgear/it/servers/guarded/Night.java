// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers.guarded;

import io.switchgear.CircuitBreaking;
import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Timeout;
import jakarta.ejb.Timer;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.inject.Inject;

@Singleton
public class Night {
    @Inject
    Backend backend;

    @Resource
    TimerService timers;

    public void fall() {
        timers.createSingleActionTimer(1, new TimerConfig("night", false));
    }

    @Timeout
    @CircuitBreaking(failureThreshold = 2)
    public void work(Timer timer) {
        backend.respond();
    }
}
