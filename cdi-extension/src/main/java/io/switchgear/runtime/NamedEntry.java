// SPDX-License-Identifier: Apache-2.0
package io.switchgear.runtime;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A breaker or retry that all users of its name share.
 *
 * @param configured its definition, which follows configuration
 * @param users its users: methods, by their names, and objects created in code
 */
record NamedEntry<T>(T value, Configured<?> configured, List<Object> users) {
    NamedEntry(T value, Configured<?> configured) {
        this(value, configured, new CopyOnWriteArrayList<>());
    }

    /** Returns the definition in force. */
    Definition<?> definition() {
        return configured.definition();
    }

    /** Adds a user and returns the value. */
    T usedBy(Object user) {
        if (!users.contains(user)) {
            users.add(user);
        }
        return value;
    }

    /** Returns whether keys alone use it. */
    boolean isKeyed() {
        return !users.isEmpty() && users.stream().allMatch(KeyedBreakerPool.class::isInstance);
    }

    /** Returns the methods among its users. */
    List<String> methods() {
        return users.stream()
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .sorted()
                .toList();
    }
}
