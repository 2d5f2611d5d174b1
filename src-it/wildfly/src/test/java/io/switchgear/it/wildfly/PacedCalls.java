// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.wildfly;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/**
 * Calls at a fixed rate. A call takes from the moment when it should begin, so that a stall of the server counts for
 * all calls that it delays.
 */
final class PacedCalls implements AutoCloseable {
    private static final int CALLERS = 5;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    private final HttpRequest request;
    private final int perSecond;

    PacedCalls(URI uri, int perSecond) {
        request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(20)).build();
        this.perSecond = perSecond;
    }

    /** What a round of calls was like; times in microseconds. */
    record Round(int calls, int failures, long median, long percentile99) {}

    Round round(Duration time) throws Exception {
        long pauseNanos = 1_000_000_000L * CALLERS / perSecond;
        int each = (int) (time.toNanos() / pauseNanos);
        long start = System.nanoTime();
        List<Future<List<Long>>> all = new ArrayList<>();
        for (int caller = 0; caller < CALLERS; caller++) {
            long first = start + pauseNanos * caller / CALLERS;
            all.add(callers.submit(() -> call(first, pauseNanos, each)));
        }
        List<Long> micros = new ArrayList<>();
        for (Future<List<Long>> one : all) {
            micros.addAll(one.get());
        }
        long[] sorted = micros.stream().mapToLong(Long::longValue).sorted().toArray();
        return new Round(
                CALLERS * each,
                CALLERS * each - sorted.length,
                sorted[sorted.length / 2],
                sorted[sorted.length * 99 / 100]);
    }

    private List<Long> call(long first, long pauseNanos, int count) throws InterruptedException {
        Long[] micros = new Long[count];
        int good = 0;
        for (int i = 0; i < count; i++) {
            long due = first + i * pauseNanos;
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            if (succeeds()) {
                micros[good++] = (System.nanoTime() - due) / 1_000;
            }
        }
        return Arrays.asList(micros).subList(0, good);
    }

    private boolean succeeds() throws InterruptedException {
        try {
            return client.send(request, BodyHandlers.ofString()).statusCode() == 200;
        } catch (IOException failed) {
            return false;
        }
    }

    @Override
    public void close() {
        callers.shutdownNow();
    }
}
