package io.switchgear.interleavings;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.switchgear.settings.BreakerSettings;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/** Two operators force the breaker this way and that; who listens is not synchronised. */
@JCStressTest
@Outcome(
        id = "true, CLOSED(>(CLOSED|OPEN|HALF_OPEN))+",
        expect = ACCEPTABLE,
        desc = "An unbroken chain that leads to where the breaker is.")
@Outcome(expect = FORBIDDEN, desc = "One was told twice, out of order, or not at all.")
@State
public class TransitionsAreToldInOrder {
    private static final BreakerSettings SETTINGS = Rig.settings(s -> s);

    private final Rig rig = Rig.closed(SETTINGS);

    @Actor
    public void one() {
        rig.breaker.forceOpen("one");
        rig.breaker.automatic();
    }

    @Actor
    public void other() {
        rig.breaker.forceClosed("other");
        rig.breaker.reset();
    }

    @Arbiter
    public void afterwards(LL_Result r) {
        r.r1 = rig.told.leadsTo(rig.snapshot());
        r.r2 = rig.told.path();
    }
}
