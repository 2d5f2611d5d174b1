package io.switchgear.breaker;

import io.switchgear.Mode;
import java.util.Objects;

/**
 * The mode, and why the operator chose it.
 *
 * @param reason may be empty
 */
record Control(Mode mode, String reason) {
    static final Control AUTOMATIC = new Control(Mode.AUTOMATIC, "");

    Control {
        Objects.requireNonNull(mode, "mode");
        reason = reason == null ? "" : reason;
    }

    boolean forced() {
        return mode == Mode.FORCED_OPEN || mode == Mode.FORCED_CLOSED;
    }
}
