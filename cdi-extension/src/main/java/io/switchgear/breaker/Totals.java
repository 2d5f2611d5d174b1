package io.switchgear.breaker;

import java.util.concurrent.atomic.LongAdder;

/** What a breaker has counted since it was made. Striped, so that threads do not wait for each other. */
final class Totals {
    final LongAdder admitted = new LongAdder();
    final LongAdder successes = new LongAdder();
    final LongAdder failures = new LongAdder();
    final LongAdder ignored = new LongAdder();
    final LongAdder rejected = new LongAdder();
    final LongAdder slow = new LongAdder();
    final LongAdder late = new LongAdder();
    final LongAdder observedRejected = new LongAdder();
}
