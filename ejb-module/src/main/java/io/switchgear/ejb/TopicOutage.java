// SPDX-License-Identifier: Apache-2.0
package io.switchgear.ejb;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Logs when messages begin to be received or sent, when that ends, and when it begins again: one line each time. */
final class TopicOutage {
    private final String topic;
    private final Duration poll;
    private final LongSupplier nanos;
    // guarded by this
    private boolean isKnown;
    private String receiving = "";
    private String sending = "";
    private long since;

    /** @param poll the time between looks without messages */
    TopicOutage(String topic, String connectionFactory, Duration poll, LongSupplier nanos) {
        this.topic = "topic " + topic + " (connection factory " + connectionFactory + ")";
        this.poll = poll;
        this.nanos = nanos;
    }

    synchronized void received() {
        boolean before = isWorking();
        receiving = "";
        if (!isKnown) {
            isKnown = true;
            FleetMessage.TOPIC_USED.log(topic);
        } else {
            works(before);
        }
    }

    synchronized void sent() {
        boolean before = isWorking();
        sending = "";
        works(before);
    }

    synchronized void notReceived(Throwable failed) {
        boolean before = isWorking();
        receiving = "no messages are received from " + topic + ": " + reason(failed);
        fails(before, receiving);
    }

    synchronized void notSent(Throwable failed) {
        boolean before = isWorking();
        sending = "no messages are sent to " + topic + ": " + reason(failed);
        fails(before, sending);
    }

    private boolean isWorking() {
        return receiving.isEmpty() && sending.isEmpty();
    }

    private void works(boolean before) {
        if (!before && isWorking()) {
            FleetMessage.TOPIC_BACK.log(
                    topic, Duration.ofNanos(nanos.getAsLong() - since).toSeconds());
        }
    }

    private void fails(boolean before, String problem) {
        if (before) {
            isKnown = true;
            since = nanos.getAsLong();
            FleetMessage.TOPIC_AWAY.log(problem, poll.toSeconds());
        }
    }

    /** Returns {@code connected}, or why messages are not received or not sent. */
    synchronized String status() {
        if (!isKnown) {
            return "not connected yet";
        }
        return isWorking() ? "connected" : receiving.isEmpty() ? sending : receiving;
    }

    /** Returns the failure on one line. */
    private static String reason(Throwable failed) {
        String text = failed instanceof IllegalStateException ? failed.getMessage() : failed.toString();
        return String.valueOf(text).strip().replaceAll("\\s+", " ");
    }
}
