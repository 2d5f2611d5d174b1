// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.wildfly.operated;

import static io.switchgear.settings.TunableKind.BREAKER;
import static io.switchgear.settings.TunableKind.RETRY;

import io.switchgear.ejb.BreakerOperations;
import io.switchgear.ejb.RefusedOperationException;
import io.switchgear.managed.Fleet;
import io.switchgear.managed.FleetNodeStatus;
import io.switchgear.settings.Setting;
import io.switchgear.settings.TunableSnapshot;
import io.switchgear.status.BreakerMode;
import jakarta.ejb.EJBAccessException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Each method of the session bean by a word, with its result as text. */
final class Actions {
    private static final Duration TIME = Duration.ofMinutes(5);

    private Actions() {}

    /** Returns what the operation returns, or why it is refused. */
    static String act(BreakerOperations operations, String operation, String name, String value) {
        try {
            return String.valueOf(result(operations, operation, name, value));
        } catch (EJBAccessException refused) {
            return "refused";
        } catch (RefusedOperationException refused) {
            return refused.getMessage();
        }
    }

    private static Object result(BreakerOperations operations, String operation, String name, String value) {
        Map<Setting, String> threshold = Map.of(Setting.FAILURE_THRESHOLD, value);
        Map<Setting, String> attempts = Map.of(Setting.MAX_ATTEMPTS, value);
        Fleet.Scope all = Fleet.Scope.of(List.of(), BREAKER, name);
        return switch (operation) {
            case "report" -> operations.report().breakers().size();
            case "snapshots" ->
                operations.snapshots(BREAKER).stream()
                        .map(TunableSnapshot::name)
                        .toList();
            case "nodes" ->
                operations.nodes().stream().map(FleetNodeStatus::name).toList();
            case "log" -> operations.changeLog(5);
            case "change" -> operations.changeSettings(name, threshold).failureThreshold();
            case "change-open" ->
                operations
                        .changeSettings(name, Map.of(Setting.OPEN_MILLIS, value))
                        .openMillis();
            case "change-retry" ->
                operations.changeSettings(RETRY, name, attempts).get(Setting.MAX_ATTEMPTS);
            case "revert" -> operations.revertSettings(name).failureThreshold();
            case "revert-retry" -> operations.revertSettings(RETRY, name).get(Setting.MAX_ATTEMPTS);
            case "undo" -> operations.undoLastChange(BREAKER, name).get(Setting.FAILURE_THRESHOLD);
            case "half-open" -> operations.halfOpenNow(name);
            case "mode" -> {
                operations.setMode(name, BreakerMode.FORCED_OPEN, TIME, "maintenance");
                yield "done";
            }
            case "reset" -> {
                operations.reset(name);
                yield "done";
            }
            case "fleet-change" -> operations.changeSettings(all, threshold);
            case "fleet-change-on" ->
                operations.changeSettings(
                        Fleet.Scope.of(List.of(value), BREAKER, name), Map.of(Setting.SUCCESS_THRESHOLD, 8));
            case "fleet-revert" -> operations.revertSettings(all);
            case "fleet-mode" -> operations.setMode(all, BreakerMode.FORCED_OPEN, TIME, "maintenance");
            case "fleet-reset" -> operations.reset(all);
            default -> throw new IllegalArgumentException(operation);
        };
    }
}
