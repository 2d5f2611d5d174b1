// SPDX-License-Identifier: Apache-2.0
package io.switchgear.microprofile;

import io.switchgear.CircuitBreaking;
import io.switchgear.FallingBack;
import io.switchgear.Retrying;
import io.switchgear.TimeLimiting;
import io.switchgear.settings.BulkheadSettings;
import io.switchgear.settings.Setting;
import java.util.List;
import java.util.Map;

/**
 * The annotations of MicroProfile Fault Tolerance on one method, with their configuration, as those of this library.
 *
 * @param breaking {@code null} if there is none, like the next four
 * @param handler the handler of the fallback; {@code null} if it is a method
 * @param asynchronous whether the method runs on another thread
 * @param origins the key and source of each setting that is configured
 * @param problems the mistakes in the annotations and their configuration, a sentence each
 */
public record MicroProfileGuard(
        CircuitBreaking breaking,
        Retrying retrying,
        TimeLimiting timeLimiting,
        BulkheadSettings bulkhead,
        FallingBack fallingBack,
        Class<?> handler,
        boolean asynchronous,
        Map<Setting, String> origins,
        List<String> problems) {}
