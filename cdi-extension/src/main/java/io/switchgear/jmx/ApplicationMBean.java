package io.switchgear.jmx;

import io.switchgear.CircuitBreaker;
import io.switchgear.Snapshot;
import io.switchgear.message.Text;
import java.util.List;
import javax.management.Attribute;
import javax.management.AttributeNotFoundException;

/** All breakers of an application as consoles see them together. Sends what any of them sends. */
final class ApplicationMBean extends Face<ApplicationMBean.Whole, Cabinet> {
    static final Vocabulary<Whole, Cabinet> VOCABULARY = Vocabulary.of(
            "The application",
            ApplicationMBean.class,
            "All circuit breakers of an application. Subscribe here to hear of all of them.",
            ApplicationAttributes.all(),
            ApplicationOperations.ALL);

    /** What is shown, taken at one moment for each breaker. */
    record Whole(List<Snapshot> breakers, Cabinet cabinet, String lastRejectedChange) {}

    ApplicationMBean(Cabinet cabinet) {
        super(cabinet, VOCABULARY);
    }

    @Override
    Whole view() {
        List<Snapshot> snapshots = cabinet().breakers().stream()
                .map(BreakerMBean::breaker)
                .map(CircuitBreaker::snapshot)
                .toList();
        return new Whole(snapshots, cabinet(), lastRejectedChange());
    }

    @Override
    Cabinet target() {
        return cabinet();
    }

    @Override
    String name() {
        return "all breakers";
    }

    @Override
    void set(List<Attribute> attributes) throws AttributeNotFoundException {
        throw new AttributeNotFoundException(Text.printable(
                        attributes.isEmpty() ? "nothing" : attributes.get(0).getName())
                + " cannot be set for all breakers; changeSettings(namePattern, changes) changes many");
    }
}
