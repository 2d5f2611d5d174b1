// SPDX-License-Identifier: Apache-2.0
package io.switchgear.interleavings;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.switchgear.settings.BreakerSettings;
import java.util.concurrent.atomic.AtomicReference;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/** A call ends on another thread, while the thread on which it began makes its next call. */
@JCStressTest
@Outcome(id = "true, true, false, 1", expect = ACCEPTABLE, desc = "The next call came after the end of the first.")
@Outcome(id = "false, true, false, 1", expect = ACCEPTABLE, desc = "The next call was rejected.")
@Outcome(expect = FORBIDDEN, desc = "A place was lost, or one too many was returned.")
@State
public class APlaceThatIsHandedOverComesBackOnce {
    private static final BreakerSettings SETTINGS = Rig.settings(s -> s.maxConcurrentCalls(1));

    private final Rig rig = Rig.closed(SETTINGS);
    private final AtomicReference<Rig.Call> pending = new AtomicReference<>();

    @Actor
    public void caller(LLLL_Result r) {
        pending.set(rig.enter().handedOver());
        Rig.Call next = rig.enter();
        r.r1 = next != null;
        if (next != null) {
            next.succeeded();
        }
    }

    @Actor
    public void other() {
        end();
    }

    private void end() {
        Rig.Call call = pending.getAndSet(null);
        if (call != null) {
            call.succeeded();
        }
    }

    @Arbiter
    public void afterwards(LLLL_Result r) {
        end();
        r.r2 = rig.admits();
        r.r3 = rig.admits();
        r.r4 = rig.snapshot().callsInFlight();
    }
}
