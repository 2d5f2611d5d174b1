// SPDX-License-Identifier: Apache-2.0
package io.switchgear.ejb.fleet;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What all nodes share: the stored values of each application, the log of their changes, and the nodes. Implementations
 * must be safe for use by multiple threads.
 *
 * <p>Every method throws {@link java.io.UncheckedIOException} if the store cannot be read or written now, with a
 * message that names the store, the reason and the cure.
 */
public interface FleetStore {
    /** The {@link Row#target} of a value for all nodes. Not an empty text, which some databases store as null. */
    String FLEET = "*";

    /** The maximum length of names, values, reasons and authors. */
    int MAX_LENGTH = 200;

    /**
     * The maximum length of {@link NodeStatus#states} and {@link NodeStatus#refused}. Of longer texts, the first lines
     * are kept, and the last line says how many others there are: {@code ... and 37 more}.
     */
    int MAX_TEXT = 4_000;

    /** The minimum number of days after which {@link #clean} deletes a node and the values for it alone. */
    int MIN_NODE_DAYS = 30;

    /**
     * A stored value: the last change of a key for a target.
     *
     * @param key what it belongs to
     * @param target the name of a node, or {@link #FLEET}
     * @param value the value as text; {@code null} if the key was reverted to configuration
     * @param version the version of the application that the change led to
     * @param node the node on which the change was made
     * @param author the author of the change
     * @param reason the reason given for it; may be empty
     * @param changedAt the time of the change, by the clock of the database
     * @param remainingMillis how long the value still holds, by the clock of the database; 0 or less if it has ended,
     *     {@code null} if it has no end
     */
    record Row(
            FleetKey key,
            String target,
            String value,
            long version,
            String node,
            String author,
            String reason,
            Instant changedAt,
            Long remainingMillis) {}

    /**
     * The values that changed after some version.
     *
     * @param version the version of the application; 0 before the first write
     * @param rows the rows with a greater version than the requested one, in order of version. Some may be newer than
     *     {@code version}
     * @param damaged a sentence for each row that cannot be read and is left out
     */
    record Rows(long version, List<Row> rows, List<String> damaged) {}

    /**
     * A value to be written.
     *
     * @param key what it belongs to
     * @param target the name of a node, or {@link #FLEET}
     * @param value the value as text; {@code null} to revert to configuration
     * @param base the version up to which the author knew all rows of this key that hold for the target; 0 if the
     *     author knew no version of the application. All rows of the key hold for {@link #FLEET}; for a node, its own
     *     and the fleet's
     * @param author the author of the change
     * @param source where the change came from, for the log
     * @param reason the reason; may be empty
     * @param forMillis how long the value holds from now on; {@code null} for no end
     */
    record Change(
            FleetKey key,
            String target,
            String value,
            long base,
            String author,
            String source,
            String reason,
            Long forMillis) {}

    /**
     * Changes to be written in one transaction, all or none.
     *
     * @param application the application
     * @param node the node on which they were made
     * @param id a random text, the same each time this write is tried, so that it takes effect once
     * @param changes the changes
     */
    record Write(String application, String node, String id, List<Change> changes) {}

    /**
     * The result of a write.
     *
     * @param version the version that the write led to; 0 if nothing was written
     * @param conflicts for each change that conflicts, the row with a version above its base, also if {@link #clean}
     *     may have deleted it; empty if all changes were written, otherwise none was
     */
    record Written(long version, Map<Change, Row> conflicts) {}

    /**
     * A node, as recorded by itself.
     *
     * @param application the application
     * @param node its name
     * @param incarnation a random text, another one after each start
     * @param version the version that it has applied
     * @param pending number of changes that it has not written yet
     * @param library the version of this library
     * @param states the states of its breakers, as text
     * @param refused the sentences of stored values that are not in force there, as text; empty if there are none
     * @param startedAt when it started, by the clock of the database; ignored when it is written
     * @param heartbeatAt when it was recorded, by the clock of the database; ignored when it is written
     * @param ageMillis the time since then, by the clock of the database; ignored when it is written
     */
    record NodeStatus(
            String application,
            String node,
            String incarnation,
            long version,
            int pending,
            String library,
            String states,
            String refused,
            Instant startedAt,
            Instant heartbeatAt,
            long ageMillis) {}

    /**
     * A change in the log.
     *
     * @param version the version that it led to
     * @param node the node on which it was made
     * @param target the name of a node, or {@link #FLEET}
     * @param key what was changed
     * @param oldValue the value that the target's row had before; {@code null} if it had none
     * @param newValue the new value; {@code null} if the key was reverted to configuration
     * @param author the author
     * @param source where it came from
     * @param reason the reason; may be empty
     * @param changedAt when it was written, by the clock of the database
     * @param endsAt when the value ends, by the clock of the database; {@code null} if it has no end
     */
    record LoggedChange(
            long version,
            String node,
            String target,
            FleetKey key,
            String oldValue,
            String newValue,
            String author,
            String source,
            String reason,
            Instant changedAt,
            Instant endsAt) {}

    /** Returns the version of an application; 0 before the first write. */
    long version(String application);

    /** Returns what changed after a version; all values of the application if that is 0. */
    Rows since(String application, long version);

    /**
     * Writes changes in one transaction. If this write took effect before, returns its version and writes nothing.
     *
     * @throws IllegalArgumentException if the database refuses a value, for example for its length or its characters;
     *     trying again leads to the same
     */
    Written write(Write write);

    /**
     * Records that a node lives. From then on, its values are not deleted as those of a node that is gone.
     *
     * @return the incarnation that was recorded before; {@code null} if there was none, or it had left
     */
    String heartbeat(NodeStatus status);

    /** Records that a node has stopped, unless another incarnation has replaced it. */
    void leave(String application, String node, String incarnation);

    /** Returns the nodes of an application that have not left, sorted by name. */
    List<NodeStatus> nodes(String application);

    /** Returns the last changes of an application, the newest first. */
    List<LoggedChange> history(String application, int max);

    /**
     * Deletes what is older than some days from the log. Deletes the nodes that have not lived for that time, and for
     * {@value #MIN_NODE_DAYS} days at least, with the values for them alone. Other values in force stay.
     *
     * @param days at least 1
     * @return the number of changes that were deleted
     */
    int clean(String application, int days);

    /** Returns the location for messages, such as {@code database java:comp/DefaultDataSource}. */
    String description();
}
