// SPDX-License-Identifier: Apache-2.0
package io.switchgear.time;

import java.time.InstantSource;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * The time of an application.
 *
 * @param ticker measures durations
 * @param clock the time of day, for display only
 * @param scheduler pauses threads, and runs tasks later or on other threads
 */
public record Time(Ticker ticker, InstantSource clock, Scheduler scheduler) {
    /** The system's time, with the JDK's scheduler. */
    public static final Time SYSTEM = new Time(Ticker.SYSTEM, InstantSource.system(), new JdkScheduler());

    /** Gives an application that starts another time than the system's: a service that a test kit provides. */
    @FunctionalInterface
    public interface Source {
        /** Returns the time of the application that this thread starts; empty for the system's. */
        Optional<Time> find();
    }

    /**
     * Returns the time of the application that this thread starts: the system's, unless a {@link Source} has another.
     */
    public static Time of(ClassLoader application) {
        for (Source source : ServiceLoader.load(Source.class, application)) {
            Optional<Time> found = source.find();
            if (found.isPresent()) {
                return found.get();
            }
        }
        return SYSTEM;
    }

    /** Returns this time with another scheduler. */
    public Time with(Scheduler other) {
        return new Time(ticker, clock, other);
    }
}
