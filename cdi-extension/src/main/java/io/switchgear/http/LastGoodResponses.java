package io.switchgear.http;

import io.switchgear.settings.ServiceSettings;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The last good responses of one service; of too many, or too many bytes, those least recently used are dropped.
 * Intentional: no library for it, since the lock is held for a look into a map, and only where somebody has asked for
 * this.
 */
final class LastGoodResponses {
    private static final long MOST_BYTES = 64L * 1024 * 1024;

    private final Map<RequestKey, StoredResponse> responses = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    /** The response that may stand in at this time; {@code null} if there is none. */
    synchronized StoredResponse find(RequestKey key, ServiceSettings settings, long nanos) {
        StoredResponse kept = responses.get(key);
        if (kept == null || kept.storedMillisAgo(nanos) <= settings.lastGoodTtlMillis()) {
            return kept;
        }
        bytes -= responses.remove(key).size();
        return null;
    }

    synchronized void keep(RequestKey key, StoredResponse response, ServiceSettings settings) {
        StoredResponse before = responses.put(key, response);
        bytes += response.size() - (before == null ? 0 : before.size());
        dropTooMany(settings);
    }

    /** What may stand in no longer goes at once, where others only go when they are looked for or make room. */
    synchronized void tuned(ServiceSettings settings) {
        if (settings.lastGoodTtlMillis() == 0) {
            responses.clear();
            bytes = 0;
        }
        dropTooMany(settings);
    }

    private void dropTooMany(ServiceSettings settings) {
        Iterator<StoredResponse> leastRecent = responses.values().iterator();
        while (responses.size() > settings.lastGoodMaxEntries() || bytes > MOST_BYTES) {
            bytes -= leastRecent.next().size();
            leastRecent.remove();
        }
    }

    synchronized int size() {
        return responses.size();
    }
}
