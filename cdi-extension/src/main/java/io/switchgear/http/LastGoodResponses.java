// SPDX-License-Identifier: Apache-2.0
package io.switchgear.http;

import io.switchgear.settings.ServiceSettings;
import java.net.URI;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntSupplier;

/**
 * The last good responses of one service. If they are too many, or take more than the share of one service, the least
 * recently used are evicted. Intentional: a map under a lock and no caching library, since the lock is held for one
 * lookup, and only where last good responses are switched on.
 */
final class LastGoodResponses {
    /** The maximum of all services of an application together, which have equal shares. */
    static final long MAX_BYTES = 64L * 1024 * 1024;

    private final Map<RequestKey, StoredResponse> responses = new LinkedHashMap<>(16, 0.75f, true);
    private final IntSupplier services;
    private long bytes;

    /** @param services returns the number of services */
    LastGoodResponses(IntSupplier services) {
        this.services = services;
    }

    private static long weight(RequestKey key, StoredResponse response) {
        return 2L * key.chars() + response.size();
    }

    /** Returns the response that may be used at this time; {@code null} if there is none. Removes an expired one. */
    synchronized StoredResponse find(RequestKey key, ServiceSettings settings, long nanos) {
        StoredResponse kept = responses.get(key);
        if (kept == null || kept.storedMillisAgo(nanos) <= settings.lastGoodTtlMillis()) {
            return kept;
        }
        remove(key);
        return null;
    }

    private void remove(RequestKey key) {
        StoredResponse removed = responses.remove(key);
        if (removed != null) {
            bytes -= weight(key, removed);
        }
    }

    /** Removes all responses of an address, since a request may have changed it (RFC 9111, 4.4). */
    synchronized void invalidate(URI uri) {
        responses.keySet().stream()
                .filter(key -> key.uri().equals(uri))
                .toList()
                .forEach(this::remove);
    }

    /** Keeps a response, unless it takes more than the whole share: it would evict all others, and then itself. */
    synchronized void keep(RequestKey key, StoredResponse response, ServiceSettings settings) {
        long weight = weight(key, response);
        if (weight > share()) {
            return;
        }
        // the key of the present request too: an equal one may be of other objects
        remove(key);
        responses.put(key, response);
        bytes += weight;
        evict(settings);
    }

    /**
     * Applies changed settings and the present share. If last good responses are switched off, or now too many, they
     * are dropped at once; expired ones go only when they are looked up or evicted.
     */
    synchronized void fit(ServiceSettings settings) {
        if (settings.lastGoodTtlMillis() == 0) {
            responses.clear();
            bytes = 0;
        }
        evict(settings);
    }

    private long share() {
        return MAX_BYTES / Math.max(1, services.getAsInt());
    }

    private void evict(ServiceSettings settings) {
        long share = share();
        Iterator<Map.Entry<RequestKey, StoredResponse>> leastRecent =
                responses.entrySet().iterator();
        while (responses.size() > settings.lastGoodMaxEntries() || bytes > share) {
            Map.Entry<RequestKey, StoredResponse> evicted = leastRecent.next();
            bytes -= weight(evicted.getKey(), evicted.getValue());
            leastRecent.remove();
        }
    }

    synchronized int size() {
        return responses.size();
    }
}
