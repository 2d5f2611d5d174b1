package io.switchgear.jmx;

import io.switchgear.settings.Setting;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Where a breaker comes from.
 *
 * @param methods answers what it guards, as far as is known by then
 * @param configured where each setting that is configured was found; the others come from code
 */
public record Origin(Supplier<List<String>> methods, Map<Setting, String> configured) {
    /** Of a breaker made in code, that guards no method. */
    public static final Origin CODE = new Origin(List::of, Map.of());
}
