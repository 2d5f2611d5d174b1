// SPDX-License-Identifier: Apache-2.0
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
 * The readiness check as a bean. No other class of the extension mentions MicroProfile Health, so its API is needed
 * only if it is present.
 *
 * <p>Intentional: in WildFly the bean class is a class of the API. A bean is visible where the archive of its class is
 * visible. WildFly looks up checks from a separate module. That module sees the API, but only those archives of an
 * application that contain a {@code beans.xml} or a bean. This library contains neither. Other servers look up checks
 * from the application, whose archives do not contain the API.
 */
final class ReadinessBean implements Bean<HealthCheck> {
    private final HealthCheck check;

    ReadinessBean(ApplicationRuntime runtime) {
        check = new BreakerReadiness(runtime.breakers(), runtime::isCritical, runtime::isClosed);
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
        return inModuleOfServer(HealthCheck.class) ? HealthCheck.class : ReadinessBean.class;
    }

    private static boolean inModuleOfServer(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        return loader != null && loader.getClass().getName().startsWith("org.jboss.modules.");
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
