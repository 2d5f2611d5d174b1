// SPDX-License-Identifier: Apache-2.0
package io.switchgear.ejb;

import io.switchgear.ejb.fleet.FleetLog;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Logs what happens to a node, and keeps the last changes that were lost or refused. */
final class FleetProblems implements FleetLog {
    private static final int MAX_KEPT = 50;

    // guarded by this
    private final Deque<String> kept = new ArrayDeque<>();

    @Override
    public void storeAway(String sentence) {
        FleetMessage.STORE_AWAY.log(sentence);
    }

    @Override
    public void storeBack(String sentence) {
        FleetMessage.STORE_BACK.log(sentence);
    }

    @Override
    public void changeLost(String sentence) {
        FleetMessage.CHANGE_LOST.log(sentence);
        keep(sentence);
    }

    @Override
    public void queueFull(String sentence) {
        FleetMessage.QUEUE_FULL.log(sentence);
        keep(sentence);
    }

    @Override
    public void refused(String sentence) {
        FleetMessage.REFUSED.log(sentence);
        keep(sentence);
    }

    @Override
    public void rowIgnored(String sentence) {
        FleetMessage.ROW_IGNORED.log(sentence);
        keep(sentence);
    }

    @Override
    public void namesake(String sentence) {
        FleetMessage.NAMESAKE.log(sentence);
        keep(sentence);
    }

    @Override
    public void storeReplaced(String sentence) {
        FleetMessage.STORE_REPLACED.log(sentence);
        keep(sentence);
    }

    private synchronized void keep(String sentence) {
        kept.addFirst(Instant.now().truncatedTo(ChronoUnit.SECONDS) + " " + sentence);
        if (kept.size() > MAX_KEPT) {
            kept.removeLast();
        }
    }

    /** Returns the last problems, the newest first. */
    synchronized List<String> newestFirst() {
        return List.copyOf(kept);
    }
}
