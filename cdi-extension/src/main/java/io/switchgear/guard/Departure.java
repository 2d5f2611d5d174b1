// SPDX-License-Identifier: Apache-2.0
package io.switchgear.guard;

import io.switchgear.place.Places.Place;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;

/**
 * The end of a call that has a place. The first end counts; later ones, such as those of a broken stage, do nothing.
 */
final class Departure implements BiConsumer<Object, Throwable>, Runnable {
    private final Place place;
    private final AtomicBoolean over = new AtomicBoolean();

    Departure(Place place) {
        this.place = place;
    }

    @Override
    public void accept(Object value, Throwable thrown) {
        run();
    }

    @Override
    public void run() {
        if (over.compareAndSet(false, true)) {
            place.leave();
        }
    }
}
