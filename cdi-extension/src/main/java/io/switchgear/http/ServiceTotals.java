// SPDX-License-Identifier: Apache-2.0
package io.switchgear.http;

import java.util.concurrent.atomic.LongAdder;

/** The totals of one service, which never fall. */
final class ServiceTotals {
    final LongAdder requests = new LongAdder();
    final LongAdder failures = new LongAdder();
    final LongAdder rejected = new LongAdder();
    final LongAdder retries = new LongAdder();
    final LongAdder cancelled = new LongAdder();
    final LongAdder lastGoodHits = new LongAdder();
}
