// SPDX-License-Identifier: Apache-2.0
package io.switchgear.rest;

import io.switchgear.config.Configuration;
import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.ext.Provider;
import java.util.List;

/**
 * Registers {@link CircuitOpenMapper}, {@link BulkheadFullMapper} and {@link TimeLimitExceededMapper} if
 * {@code switchgear.rest.problems} is {@code true}; the default is {@code false}. Where the API of MicroProfile Fault
 * Tolerance is present, its exceptions for such calls are mapped in the same way. Found by servers that scan the
 * libraries of a web archive. An application that lists its classes in {@code Application.getClasses} adds this one
 * there.
 *
 * @since 0.1
 */
@Provider
public final class ProblemFeature implements Feature {
    private static final List<Class<?>> MAPPERS =
            List.of(CircuitOpenMapper.class, BulkheadFullMapper.class, TimeLimitExceededMapper.class);

    private static final String FAULT_TOLERANCE =
            "org.eclipse.microprofile.faulttolerance.exceptions.FaultToleranceException";

    /** Creates the feature; called by the server. */
    public ProblemFeature() {
        // public, as servers create it
    }

    @Override
    public boolean configure(FeatureContext context) {
        ClassLoader application = Thread.currentThread().getContextClassLoader();
        boolean enabled =
                Configuration.restProblems(application == null ? ProblemFeature.class.getClassLoader() : application);
        if (enabled) {
            MAPPERS.forEach(context::register);
        }
        if (enabled && haveFaultTolerance()) {
            FaultToleranceMappers.all().forEach(context::register);
        }
        return enabled;
    }

    private static boolean haveFaultTolerance() {
        try {
            Class.forName(FAULT_TOLERANCE, false, ProblemFeature.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError absent) {
            return false;
        }
    }
}
