// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import io.switchgear.settings.BreakerSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A simple specification of the share that an adaptive breaker admits: a list of rounds, each with its calls. */
final class ShareModel {
    /** How a call ended. */
    private enum End {
        RUNNING,
        RELEASED,
        GOOD,
        BAD
    }

    /** A round, with the ends of the calls that it admitted. */
    private static final class Round {
        final long began;
        final List<End> admitted = new ArrayList<>();
        int rejected;

        Round(long began) {
            this.began = began;
        }

        int count(End end) {
            return (int) admitted.stream().filter(each -> each == end).count();
        }

        int offered() {
            return admitted.size() + rejected;
        }
    }

    private final List<Round> rounds = new ArrayList<>();
    private double share;

    /** A share that no outcome has led to yet. */
    ShareModel(long now) {
        rounds.add(new Round(now));
    }

    /** The share after these outcomes of calls that were all admitted. */
    ShareModel(int failures, int outcomes, BreakerSettings settings, long now) {
        this(now);
        share = Math.min(1, factor(failures, outcomes, settings));
    }

    private Round last() {
        return rounds.get(rounds.size() - 1);
    }

    int round() {
        return rounds.size() - 1;
    }

    double share(double ramp) {
        return Math.min(ramp, share);
    }

    boolean admits(double ramp, BreakerSettings settings) {
        Round round = last();
        boolean admits = round.admitted.size() - round.count(End.RELEASED) < settings.successThreshold()
                || (round.admitted.size() + 1) <= share(ramp) * (round.offered() + 1);
        if (admits) {
            round.admitted.add(End.RUNNING);
        } else {
            round.rejected++;
        }
        return admits;
    }

    boolean record(int round, boolean failed) {
        return end(round, failed ? End.BAD : End.GOOD);
    }

    void release(int round) {
        end(round, End.RELEASED);
    }

    private boolean end(int round, End end) {
        if (round != round()) {
            return false;
        }
        List<End> calls = last().admitted;
        calls.set(calls.indexOf(End.RUNNING), end);
        return true;
    }

    /** Judges the round; returns whether the breaker closes (true) or opens (false), if it does either. */
    Optional<Boolean> judge(long now, double ramp, BreakerSettings settings) {
        Round round = last();
        int bad = round.count(End.BAD);
        int ended = bad + round.count(End.GOOD);
        if (ended < settings.successThreshold() || now < round.began + 1_000 * BreakerModel.MILLI) {
            return Optional.empty();
        }
        if (bad == ended) {
            return Optional.of(false);
        }
        double base = (double) round.admitted.size() / (round.offered() + 1);
        share = Math.min(1, base * factor(bad, ended, settings));
        if (share(ramp) >= 1) {
            return Optional.of(true);
        }
        rounds.add(new Round(now));
        return Optional.empty();
    }

    /** At the threshold 1; from there in a line to 0 where all fail, and to 2 where none fails. */
    private static double factor(int failures, int outcomes, BreakerSettings settings) {
        double wanted = 1 - settings.failureRateThresholdPercent() / 100;
        double good = (double) (outcomes - failures) / outcomes;
        return good >= wanted ? 1 + (good - wanted) / (1 - wanted) : good / wanted;
    }
}
