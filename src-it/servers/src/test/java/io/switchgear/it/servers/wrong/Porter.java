// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers.wrong;

import io.switchgear.CircuitBreaking;
import io.switchgear.settings.TripOn;
import jakarta.ejb.Stateless;

@Stateless
public class Porter {
    @CircuitBreaking(tripOn = TripOn.CALL_WINDOW, windowCalls = 10, minimumCalls = 11)
    public String carry(String load) {
        return load;
    }

    @CircuitBreaking(failureRateThresholdPercent = 100.5)
    public String fetch() {
        return "fetched";
    }
}
