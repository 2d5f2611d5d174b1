// SPDX-License-Identifier: Apache-2.0
package io.switchgear.lab.subject;

import io.switchgear.lab.simulation.Subject;
import java.util.function.Consumer;

/**
 * The strategies of Marc Brooker's {@code retry_sim}: a number of retries without waits, limited by a token bucket that
 * each call fills, or by the share of failed attempts so far.
 */
final class BrookerRetries implements Subject {
    private final int retries;
    private final double fill;
    private final double size;
    private final double maxFailing;
    private double tokens;
    private double calls;
    private double failures;

    /**
     * @param fill tokens that each call adds; 0 for no bucket
     * @param size the tokens that the bucket holds, and has at first
     * @param maxFailing the failures for each call above which there are no retries; 0 for no such limit
     */
    BrookerRetries(int retries, double fill, double size, double maxFailing) {
        this.retries = retries;
        this.fill = fill;
        this.size = size;
        this.maxFailing = maxFailing;
        this.tokens = size;
    }

    @Override
    public void call(Remote remote, Consumer<Ending> end) {
        calls++;
        tokens = Math.min(size, tokens + fill);
        attempt(remote, end, 0);
    }

    private void attempt(Remote remote, Consumer<Ending> end, int retry) {
        remote.send(succeeded -> {
            if (succeeded) {
                end.accept(Ending.DELIVERED);
            } else if (mayRetry(retry)) {
                attempt(remote, end, retry + 1);
            } else {
                end.accept(Ending.FAILED);
            }
        });
    }

    private boolean mayRetry(int retry) {
        failures++;
        if (retry >= retries || (maxFailing > 0 && failures / calls > maxFailing)) {
            return false;
        }
        if (fill == 0) {
            return true;
        }
        if (tokens <= 1) {
            return false;
        }
        tokens--;
        return true;
    }

    @Override
    public double admits() {
        return 1;
    }
}
