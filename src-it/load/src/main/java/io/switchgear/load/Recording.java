// SPDX-License-Identifier: Apache-2.0
package io.switchgear.load;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What was recorded while the load ran.
 *
 * @param form whose phases it went through
 * @param starts of the phases, on the wall clock
 * @param endMillis the end of the last phase
 * @param lostOrders those that were acknowledged, but which the backend does not have
 */
record Recording(
        Variant variant,
        Form form,
        Map<Phase, Long> starts,
        long endMillis,
        List<Call> calls,
        List<Moment> moments,
        List<String> lostOrders) {

    /** Returns the start of a phase. */
    long start(Phase phase) {
        return starts.get(phase);
    }

    /** Returns the end of a phase. */
    long end(Phase phase) {
        List<Phase> phases = form.phases();
        int next = phases.indexOf(phase) + 1;
        return next < phases.size() ? start(phases.get(next)) : endMillis;
    }

    /** Returns the calls of these services that began in a phase. */
    List<Call> calls(Phase phase, Collection<Service> services) {
        return calls(start(phase), end(phase), services).toList();
    }

    /** Returns how many seconds all phases after the warm-up took. */
    int seconds() {
        return (int) ((endMillis - start(Phase.NORMAL)) / 1_000);
    }

    /** Returns the calls of these services that began in a second. */
    List<Call> calls(int second, Collection<Service> services) {
        return calls(start(second), start(second + 1), services).toList();
    }

    private long start(int second) {
        return start(Phase.NORMAL) + 1_000L * second;
    }

    private Stream<Call> calls(long from, long to, Collection<Service> services) {
        return calls.stream()
                .filter(call -> services.contains(call.service()))
                .filter(call -> call.startMillis() >= from && call.startMillis() < to);
    }

    /** Returns the threads that served requests in half of the moments of a phase or more. */
    int usualBusyThreads(Phase phase) {
        int[] threads = within(start(phase), end(phase)).stream()
                .mapToInt(Moment::busyThreads)
                .sorted()
                .toArray();
        return threads[(threads.length - 1) / 2];
    }

    /** Returns the most threads that served requests in a second. */
    int busyThreads(int second) {
        return within(start(second), start(second + 1)).stream()
                .mapToInt(Moment::busyThreads)
                .max()
                .orElse(0);
    }

    /** Returns how many calls the backend of {@link Service#DISTURBED} got in a second. */
    long backendCalls(int second) {
        return backendCallsUntil(start(second + 1)) - backendCallsUntil(start(second));
    }

    private long backendCallsUntil(long time) {
        return moments.stream()
                .filter(moment -> moment.millis() < time)
                .mapToLong(Moment::backendCalls)
                .max()
                .orElse(0);
    }

    /** Returns what share of the calls of {@link Service#DISTURBED} reached its backend in a phase. */
    double sentShare(Phase phase) {
        return sentShare(start(phase), end(phase));
    }

    /** Returns what share of the calls of {@link Service#DISTURBED} reached its backend at such a time. */
    double sentShare(long from, long to) {
        List<Moment> within = within(from, to);
        Moment first = within.get(0);
        Moment last = within.get(within.size() - 1);
        long made =
                calls(first.millis(), last.millis(), List.of(Service.DISTURBED)).count();
        return (last.backendCalls() - first.backendCalls()) / (double) made;
    }

    private List<Moment> within(long from, long to) {
        return moments.stream()
                .filter(moment -> moment.millis() >= from && moment.millis() < to)
                .toList();
    }

    /**
     * Returns the time within which 99 % of the calls of these services ended, in half of the seconds of a phase or
     * more. Unlike that of all calls it does not depend on the few seconds in which the machine was busy with something
     * else.
     */
    long usualPercentile(Phase phase, Collection<Service> services) {
        long[] ofSeconds = LongStream.iterate(
                        start(phase), second -> second + 1_000 <= end(phase), second -> second + 1_000)
                .map(second ->
                        percentile(calls(second, second + 1_000, services).toList(), 99))
                .sorted()
                .toArray();
        return ofSeconds[(ofSeconds.length - 1) / 2];
    }

    /** Returns the share of the calls that ended in this way. */
    static double share(List<Call> calls, Result result) {
        return calls.stream().filter(call -> call.result() == result).count() / (double) calls.size();
    }

    /** Returns the time within which this percentage of the calls ended. */
    static long percentile(List<Call> calls, int percent) {
        long[] sorted = calls.stream().mapToLong(Call::millis).sorted().toArray();
        return sorted[(int) Math.ceil(sorted.length * percent / 100.0) - 1];
    }
}
