// SPDX-License-Identifier: Apache-2.0
package io.switchgear.jmx;

import io.switchgear.settings.Setting;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The origin of a breaker or layer and of its settings.
 *
 * @param methods supplies the guarded methods known so far
 * @param configured supplies the source of each setting that is configured now; the other settings come from code
 */
public record Origin(Supplier<List<String>> methods, Supplier<Map<Setting, String>> configured) {
    /** The origin of a breaker that was created in code and guards no method. */
    public static final Origin CODE = new Origin(List::of, Map::of);
}
