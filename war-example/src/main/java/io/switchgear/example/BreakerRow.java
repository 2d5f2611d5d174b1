// SPDX-License-Identifier: Apache-2.0
package io.switchgear.example;

import io.switchgear.CircuitBreaker;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.Setting;
import io.switchgear.settings.TripOn;
import io.switchgear.settings.TunableKind;
import io.switchgear.status.BreakerMode;
import io.switchgear.status.BreakerSnapshot;
import io.switchgear.status.CircuitState;
import io.switchgear.status.RehearsalSnapshot;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A breaker as the page shows it, with names as in {@link BreakerSnapshot} and {@link BreakerSettings}.
 *
 * @param stateSince the time of the last change of state or mode, as in {@code 2026-01-02T03:04:05Z}
 * @param failureRatePercent {@code null} while there are too few outcomes for a rate; JSON has no NaN
 * @param hungCalls calls in flight that take longer than they should; see {@link BreakerSnapshot#overdueCalls} and
 *     {@link io.switchgear.status.TimeLimitSnapshot#overdue}
 * @param settings all settings in force, by their names in JMX
 * @param tuned the settings that differ from those of code and configuration
 * @param rehearsal {@code null} if no rehearsal is running
 */
public record BreakerRow(
        String name,
        boolean enabled,
        CircuitState state,
        String stateSince,
        BreakerMode mode,
        String modeReason,
        String modeUntil,
        long openRemainingMillis,
        double admittedPercent,
        String admission,
        long openMillis,
        TripOn tripOn,
        int consecutiveFailures,
        int failureThreshold,
        int windowOutcomes,
        int minimumCalls,
        Double failureRatePercent,
        double failureRateThresholdPercent,
        int successThreshold,
        long callsInFlight,
        int waitingCalls,
        long hungCalls,
        long oldestCallMillis,
        long successes,
        long failures,
        long rejected,
        String lastTrip,
        Map<String, Object> settings,
        List<SettingRow> tuned,
        RehearsalRow rehearsal) {

    /**
     * A setting that an operator has changed.
     *
     * @param name as in JMX
     * @param configured the value of code and configuration
     * @param by the author of the change
     */
    public record SettingRow(String name, Object value, Object configured, String by) {}

    /**
     * A rehearsal of other settings.
     *
     * @param changes how the rehearsed settings differ from those in force
     * @param comparison what they would have done, beside what the breaker did
     */
    public record RehearsalRow(CircuitState state, String changes, String comparison, String by) {
        private static RehearsalRow of(BreakerSnapshot breaker) {
            RehearsalSnapshot rehearsal = breaker.rehearsal();
            return rehearsal == null
                    ? null
                    : new RehearsalRow(
                            rehearsal.state(),
                            breaker.settings().changesTo(rehearsal.settings()),
                            rehearsal.comparison(),
                            rehearsal.by());
        }
    }

    /** @param overdueCalls the calls that have exceeded the time limit of the breaker's calls, and go on */
    static BreakerRow of(CircuitBreaker breaker, BreakerSnapshot now, long overdueCalls) {
        double failureRatePercent = now.failureRatePercent();
        return new BreakerRow(
                now.name(),
                now.settings().enabled(),
                now.state(),
                now.stateSince().toString(),
                now.mode(),
                now.modeReason(),
                now.modeUntil() == null ? null : now.modeUntil().toString(),
                now.openRemainingMillis(),
                now.admittedPercent(),
                now.admission(),
                now.settings().openMillis(),
                now.settings().tripOn(),
                now.consecutiveFailures(),
                now.settings().failureThreshold(),
                now.windowOutcomes(),
                now.settings().minimumCalls(),
                Double.isNaN(failureRatePercent) ? null : failureRatePercent,
                now.settings().failureRateThresholdPercent(),
                now.settings().successThreshold(),
                now.callsInFlight(),
                now.waitingCalls(),
                Math.max(now.overdueCalls(), overdueCalls),
                now.oldestCallMillis(),
                now.successes(),
                now.failures(),
                now.rejected(),
                now.lastTrip(),
                settings(now.settings()),
                tuned(breaker.configuredSettings(), now),
                RehearsalRow.of(now));
    }

    private static Map<String, Object> settings(BreakerSettings inForce) {
        Map<String, Object> values = new LinkedHashMap<>();
        Setting.of(TunableKind.BREAKER).forEach(setting -> values.put(setting.attributeName(), inForce.get(setting)));
        return values;
    }

    private static List<SettingRow> tuned(BreakerSettings configured, BreakerSnapshot now) {
        return Setting.of(TunableKind.BREAKER).stream()
                .filter(now.changedBy()::containsKey)
                .map(setting -> new SettingRow(
                        setting.attributeName(),
                        now.settings().get(setting),
                        configured.get(setting),
                        now.changedBy().get(setting)))
                .toList();
    }
}
