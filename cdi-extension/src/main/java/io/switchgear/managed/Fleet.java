// SPDX-License-Identifier: Apache-2.0
package io.switchgear.managed;

import io.switchgear.message.NamePattern;
import io.switchgear.settings.Setting;
import io.switchgear.settings.TunableKind;
import io.switchgear.status.BreakerMode;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The nodes that run one application, as an operator sees and changes them. Its MBean calls it on threads of consoles.
 *
 * <p>Each change returns a sentence: which nodes have it, and which have not yet. It throws an
 * {@link IllegalArgumentException} for what cannot be done and an {@link IllegalStateException} for what cannot be done
 * now, each with a sentence; nothing has changed then.
 *
 * @since 0.1
 */
public interface Fleet {
    /**
     * What a change is for.
     *
     * @param nodes the names of nodes; empty for all, future ones included
     * @param kind the kind of what is changed
     * @param names accepts the names of what is changed
     * @since 0.1
     */
    record Scope(List<String> nodes, TunableKind kind, Predicate<String> names) {
        /**
         * Returns a scope by names.
         *
         * @param nodes the names of nodes; empty for all, future ones included
         * @param kind the kind of what is changed
         * @param namePattern the name of what is changed, or a pattern of names: {@code *} matches any text, {@code ?}
         *     one character
         */
        public static Scope of(Collection<String> nodes, TunableKind kind, String namePattern) {
            return new Scope(List.copyOf(nodes), kind, new NamePattern(namePattern));
        }
    }

    /** Returns the name of this node. */
    String node();

    /** Returns the place that all nodes share, such as {@code database java:comp/DefaultDataSource}. */
    String store();

    /** Returns {@code connected}, or since when and why the store cannot be used. */
    String connection();

    /** Returns {@code connected}, {@code off}, or why messages of other nodes are not received or own ones not sent. */
    String messages();

    /** Returns the number of changes of this node that are in force and not stored yet. */
    int waitingChanges();

    /** Returns the nodes that are known, by name. */
    List<FleetNodeStatus> nodes();

    /** Returns the last changes that this node did not accept or that were overruled, a sentence each; newest first. */
    List<String> problems();

    /**
     * Returns the last changes of all nodes from the log, a line each: time, node, author, change and reason.
     *
     * @param count maximum number of lines; newest first
     */
    List<String> log(int count);

    /** Changes settings. */
    String changeSettings(Scope scope, Map<Setting, String> changes, String author);

    /** Restores the settings of code and configuration. */
    String revertSettings(Scope scope, String author);

    /**
     * Sets the mode of breakers.
     *
     * @param time how long it lasts; {@code null} for no end
     */
    String setMode(Scope scope, BreakerMode mode, Duration time, String reason, String author);

    /** Resets breakers on the nodes that run now. */
    String reset(Scope scope, String author);
}
