package io.switchgear.runtime;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Something that those who give its name have together.
 *
 * @param definition what it was made from
 * @param users methods, by their names, and whatever in code stands on it
 */
record NamedEntry<T>(T made, Definition<?> definition, List<Object> users) {
    NamedEntry(T made, Definition<?> definition) {
        this(made, definition, new CopyOnWriteArrayList<>());
    }

    /** Notes who uses it. */
    T madeFor(Object user) {
        if (!users.contains(user)) {
            users.add(user);
        }
        return made;
    }

    /** The methods among its users. */
    List<String> methods() {
        return users.stream()
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .sorted()
                .toList();
    }
}
