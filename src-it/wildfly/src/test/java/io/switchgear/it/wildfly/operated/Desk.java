// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.wildfly.operated;

import io.switchgear.ejb.BreakerOperations;
import io.switchgear.ejb.RefusedOperationException;
import io.switchgear.settings.Setting;
import io.switchgear.status.BreakerMode;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.EJB;
import jakarta.ejb.EJBAccessException;
import java.time.Duration;
import java.util.Map;

/** Operates breakers in the role of the bean that extends it. */
@PermitAll
public class Desk {
    @EJB
    private BreakerOperations operations;

    /** Returns what the operation returns, or why it is refused. */
    public String act(String operation, String breaker) {
        try {
            return switch (operation) {
                case "report" -> String.valueOf(operations.report().breakers().size());
                case "change" ->
                    String.valueOf(operations
                            .changeSettings(breaker, Map.of(Setting.FAILURE_THRESHOLD, 7))
                            .failureThreshold());
                case "wrong" ->
                    String.valueOf(operations.changeSettings(breaker, Map.of(Setting.FAILURE_THRESHOLD, 0)));
                case "revert" ->
                    String.valueOf(operations.revertSettings(breaker).failureThreshold());
                case "mode" -> {
                    operations.setMode(breaker, BreakerMode.FORCED_OPEN, Duration.ofMinutes(5), "maintenance");
                    yield "done";
                }
                case "reset" -> {
                    operations.reset(breaker);
                    yield "done";
                }
                default -> throw new IllegalArgumentException(operation);
            };
        } catch (EJBAccessException refused) {
            return "refused";
        } catch (RefusedOperationException refused) {
            return refused.getMessage();
        }
    }
}
