package io.switchgear.cdi;

import io.switchgear.health.BreakerReadiness;
import io.switchgear.runtime.ApplicationRuntime;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.InjectionPoint;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Set;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.Readiness;

/**
 * The readiness check, for whoever looks for checks. No other class of the extension mentions the API, so that nothing
 * of it is needed until it is known to be there.
 *
 * <p>Intentional: its class is said to be one of the API. A bean is seen from where the archive of its class is seen.
 * WildFly looks for checks from a module of its own, which sees the API, but of an application only what has a
 * {@code beans.xml} or a bean in it, and this library has neither.
 */
final class ReadinessBean implements Bean<HealthCheck> {
    private final HealthCheck check;

    ReadinessBean(ApplicationRuntime runtime) {
        check = new BreakerReadiness(runtime.breakers(), runtime::isCritical);
    }

    @Override
    public HealthCheck create(CreationalContext<HealthCheck> context) {
        return check;
    }

    @Override
    public void destroy(HealthCheck instance, CreationalContext<HealthCheck> context) {
        context.release();
    }

    @Override
    public Class<?> getBeanClass() {
        return HealthCheck.class;
    }

    @Override
    public Set<Type> getTypes() {
        return Set.of(Object.class, HealthCheck.class);
    }

    @Override
    public Set<Annotation> getQualifiers() {
        return Set.of(Any.Literal.INSTANCE, Readiness.Literal.INSTANCE);
    }

    @Override
    public Class<? extends Annotation> getScope() {
        return Dependent.class;
    }

    @Override
    public String getName() {
        return null;
    }

    @Override
    public Set<Class<? extends Annotation>> getStereotypes() {
        return Set.of();
    }

    @Override
    public boolean isAlternative() {
        return false;
    }

    @Override
    public Set<InjectionPoint> getInjectionPoints() {
        return Set.of();
    }
}
