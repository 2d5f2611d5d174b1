package io.switchgear.jmx;

import io.switchgear.CircuitBreaker;
import io.switchgear.message.Text;
import io.switchgear.status.BreakerSnapshot;
import java.util.List;
import javax.management.Attribute;
import javax.management.AttributeNotFoundException;

/** All breakers of an application as consoles see them together. Sends what any of them sends. */
final class ApplicationMBean extends AbstractMBean<ApplicationMBean.Whole, MBeanContext> {
    static final MBeanModel<Whole, MBeanContext> VOCABULARY = MBeanModel.of(
            "The application",
            ApplicationMBean.class,
            "All circuit breakers of an application. Subscribe here to hear of all of them.",
            ApplicationAttributes.all(),
            ApplicationOperations.ALL);

    /** What is shown; the breakers are looked at once, and only if somebody asks for what is made of them. */
    static final class Whole {
        private final ApplicationMBean mbean;
        private List<BreakerSnapshot> breakers;

        private Whole(ApplicationMBean mbean) {
            this.mbean = mbean;
        }

        List<BreakerSnapshot> breakers() {
            if (breakers == null) {
                breakers = mbean.cabinet().breakers().stream()
                        .map(BreakerMBean::breaker)
                        .map(CircuitBreaker::snapshot)
                        .toList();
            }
            return breakers;
        }

        MBeanContext cabinet() {
            return mbean.cabinet();
        }

        String lastRejectedChange() {
            return mbean.lastRejectedChange();
        }
    }

    ApplicationMBean(MBeanContext cabinet) {
        super(cabinet, VOCABULARY);
    }

    @Override
    Whole view() {
        return new Whole(this);
    }

    @Override
    MBeanContext target() {
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
