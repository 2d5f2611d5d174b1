// SPDX-License-Identifier: Apache-2.0
package io.switchgear.ejb;

import io.switchgear.BreakerControl;
import io.switchgear.CircuitBreakers;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.Setting;
import io.switchgear.status.BreakerMode;
import io.switchgear.status.StatusReport;
import jakarta.annotation.Resource;
import jakarta.annotation.security.DeclareRoles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Function;

/**
 * Reads and changes breakers for callers that the server has authenticated, such as a REST resource of the application.
 * Each change is made in the name of the caller. Callers need the role {@value #READER} to read and {@value #OPERATOR}
 * to change; the server maps its users to these roles.
 *
 * <p>A change made here is stored, and shared with other nodes, like one made in JMX. A transaction of the caller has
 * no effect on it.
 *
 * @since 0.1
 */
@Stateless
@DeclareRoles({BreakerOperations.READER, BreakerOperations.OPERATOR})
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class BreakerOperations {
    /** The role of callers that may read. */
    public static final String READER = "switchgear-reader";
    /** The role of callers that may change and read. */
    public static final String OPERATOR = "switchgear-operator";

    @Resource
    private SessionContext session;

    @Inject
    private CircuitBreakers breakers;

    /** Returns the status of all breakers. */
    @RolesAllowed({READER, OPERATOR})
    public StatusReport report() {
        return breakers.report();
    }

    /**
     * Changes settings of a breaker, all or none.
     *
     * @param changes the new values; numbers, or texts as in configuration
     * @return the settings in force afterwards
     * @throws RefusedOperationException if no breaker has this name, or a value is not valid
     */
    @RolesAllowed(OPERATOR)
    public BreakerSettings changeSettings(String name, Map<Setting, ?> changes) {
        return by(name, control -> control.update(present -> present.with(changes)));
    }

    /**
     * Restores the settings of code and configuration.
     *
     * @return the settings in force afterwards
     * @throws RefusedOperationException if no breaker has this name
     */
    @RolesAllowed(OPERATOR)
    public BreakerSettings revertSettings(String name) {
        return by(name, BreakerControl::revertSettings);
    }

    /**
     * Sets the mode of a breaker.
     *
     * @param time how long it lasts; {@code null} for no end
     * @param reason shown beside the mode; may be empty
     * @throws RefusedOperationException if no breaker has this name, or {@code time} is not valid
     */
    @RolesAllowed(OPERATOR)
    public void setMode(String name, BreakerMode mode, Duration time, String reason) {
        by(name, control -> {
            control.setMode(mode, time, reason);
            return null;
        });
    }

    /**
     * Closes a breaker and discards its outcomes.
     *
     * @throws RefusedOperationException if no breaker has this name
     */
    @RolesAllowed(OPERATOR)
    public void reset(String name) {
        by(name, control -> {
            control.reset();
            return null;
        });
    }

    /** Runs an operation in the name of the caller. */
    private <T> T by(String name, Function<BreakerControl, T> operation) {
        try {
            return operation.apply(
                    breakers.get(name).by(session.getCallerPrincipal().getName()));
        } catch (NoSuchElementException | IllegalArgumentException refused) {
            throw new RefusedOperationException(refused.getMessage());
        }
    }
}
