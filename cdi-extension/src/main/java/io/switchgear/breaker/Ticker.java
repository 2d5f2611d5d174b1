package io.switchgear.breaker;

/** Monotonic time in nanoseconds from an arbitrary origin; compared by subtraction only, as it may overflow. */
@FunctionalInterface
public interface Ticker {
    /** The time of {@link System#nanoTime}. */
    Ticker SYSTEM = System::nanoTime;

    long nanos();
}
