// SPDX-License-Identifier: Apache-2.0
package io.switchgear.ejb.fleet;

import io.switchgear.settings.Setting;
import io.switchgear.settings.TunableSettings;
import io.switchgear.status.BreakerMode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;

/**
 * The changes that this node applies and has not been notified of yet. A breaker may notify later, and on another
 * thread; and an operator here may have the name in which a change was applied. Safe for use by multiple threads.
 */
final class AppliedChanges {
    // for changes without a notification; far more than can be on their way
    private static final int BOUND = 1_000;

    /**
     * A change.
     *
     * @param values the values it sets; empty if it sets the mode
     * @param mode the mode it leads to; {@code null} if it sets values
     */
    record Applied(String kind, String name, String author, Map<Setting, Object> values, BreakerMode mode) {
        boolean is(String changed, TunableSettings<?> from, TunableSettings<?> to, String by, BreakerMode modeAfter) {
            return author.equals(by)
                    && name.equals(changed)
                    && kind.equals(to.kind().word())
                    && (mode == null
                            ? values.entrySet().stream()
                                    .allMatch(each -> each.getValue().equals(to.get(each.getKey())))
                            : mode == modeAfter && from.equals(to));
        }
    }

    private final Deque<Applied> expected = new ArrayDeque<>();

    /** Adds a change that is about to be applied. */
    synchronized void add(Applied change) {
        if (expected.size() == BOUND) {
            expected.remove();
        }
        expected.add(change);
    }

    /** Removes a change that was refused. */
    synchronized void remove(Applied change) {
        expected.removeLastOccurrence(change);
    }

    /** Returns whether this node has applied a change of which it is notified, once for each. */
    synchronized boolean notified(
            String name, TunableSettings<?> from, TunableSettings<?> to, String by, BreakerMode mode) {
        for (Iterator<Applied> each = expected.iterator(); each.hasNext(); ) {
            if (each.next().is(name, from, to, by, mode)) {
                each.remove();
                return true;
            }
        }
        return false;
    }
}
