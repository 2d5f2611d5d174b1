// SPDX-License-Identifier: Apache-2.0
package io.switchgear.http;

import io.switchgear.settings.ServiceSettings;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The last good responses of one service. If they are too many or have too many bytes, the least recently used are
 * evicted. Intentional: a map under a lock and no caching library, since the lock is held for one lookup, and only
 * where last good responses are switched on.
 */
final class LastGoodResponses {
    private static final long MAX_BYTES = 64L * 1024 * 1024;

    private final Map<RequestKey, StoredResponse> responses = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    /** Returns the response that may be used at this time; {@code null} if there is none. Removes an expired one. */
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
        evict(settings);
    }

    /**
     * Applies changed settings. If last good responses are switched off, or now too many, they are dropped at once;
     * expired ones go only when they are looked up or evicted.
     */
    synchronized void settingsChanged(ServiceSettings settings) {
        if (settings.lastGoodTtlMillis() == 0) {
            responses.clear();
            bytes = 0;
        }
        evict(settings);
    }

    private void evict(ServiceSettings settings) {
        Iterator<StoredResponse> leastRecent = responses.values().iterator();
        while (responses.size() > settings.lastGoodMaxEntries() || bytes > MAX_BYTES) {
            bytes -= leastRecent.next().size();
            leastRecent.remove();
        }
    }

    synchronized int size() {
        return responses.size();
    }
}
