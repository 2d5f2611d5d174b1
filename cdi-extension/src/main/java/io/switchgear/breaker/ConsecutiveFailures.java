package io.switchgear.breaker;

import io.switchgear.Setting;
import io.switchgear.Settings;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts failures since the last success. */
final class ConsecutiveFailures implements Judge {
    // counting stops here: under a forced mode failures may come in forever
    private static final int MOST =
            Math.toIntExact(Setting.FAILURE_THRESHOLD.range().max());

    private final AtomicInteger failures;

    ConsecutiveFailures(int failures) {
        this.failures = new AtomicInteger(failures);
    }

    @Override
    public boolean succeeded(Settings settings) {
        // read first: on the usual path nothing is written that another core must then fetch
        if (failures.get() != 0) {
            failures.set(0);
        }
        return false;
    }

    @Override
    public boolean failed(Settings settings) {
        return failures.updateAndGet(count -> Math.min(count + 1, MOST)) >= settings.failureThreshold();
    }

    @Override
    public boolean mustOpen(Settings settings) {
        return failures.get() >= settings.failureThreshold();
    }

    @Override
    public String reason(Settings settings) {
        int count = failures.get();
        return (count == 1 ? "1 failure" : count + " consecutive failures") + " (threshold "
                + settings.failureThreshold() + ")";
    }

    @Override
    public Judge adaptedTo(Settings settings) {
        return switch (settings.tripOn()) {
            case CONSECUTIVE_FAILURES -> this;
            case CALL_WINDOW -> {
                CallWindow window = new CallWindow(settings.windowCalls());
                for (int known = Math.min(failures.get(), settings.windowCalls()); known > 0; known--) {
                    window.failed(settings);
                }
                yield window;
            }
        };
    }

    @Override
    public Evidence evidence() {
        return new Evidence(failures.get(), 0, 0);
    }
}
