// SPDX-License-Identifier: Apache-2.0
package io.switchgear.ejb;

import io.switchgear.CircuitBreakers;
import io.switchgear.managed.Fleet;
import io.switchgear.managed.FleetNodeStatus;
import io.switchgear.managed.ManagedApplication;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.InvalidSettingsException;
import io.switchgear.settings.Setting;
import io.switchgear.settings.SettingsControl;
import io.switchgear.settings.Tunable;
import io.switchgear.settings.TunableKind;
import io.switchgear.settings.TunableSettings;
import io.switchgear.settings.TunableSnapshot;
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
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Reads and changes breakers and layers for callers that the server has authenticated, such as a REST resource of the
 * application. Each change is made in the name of the caller. Callers need the role {@value #READER} to read and
 * {@value #OPERATOR} to change; the server maps its users to these roles.
 *
 * <p>Methods that take a name act on this node. A change made here is stored, and shared with other nodes, like one
 * made in JMX. Methods that take a {@link Fleet.Scope} act on all nodes or some, as the operations of the MBean of the
 * fleet do; without a database they are refused. A transaction of the caller has no effect on a change.
 *
 * <p>What cannot be done is refused with a {@link RefusedOperationException}, whose message is the sentence that JMX
 * shows; nothing has changed then. A caller without the role gets an {@link jakarta.ejb.EJBAccessException}.
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

    @Inject
    private ManagedApplication application;

    // ---- reading

    /** Returns the status of all breakers of this node. */
    @RolesAllowed({READER, OPERATOR})
    public StatusReport report() {
        return breakers.report();
    }

    /** Returns the settings and measured values of all breakers or layers of a kind on this node, sorted by name. */
    @RolesAllowed({READER, OPERATOR})
    public List<TunableSnapshot<?>> snapshots(TunableKind kind) {
        return all(kind).<TunableSnapshot<?>>map(Tunable::snapshot).toList();
    }

    /**
     * Returns the nodes of the application, by name. While the database is away, it is this node alone.
     *
     * @throws RefusedOperationException if there is no database
     */
    @RolesAllowed({READER, OPERATOR})
    public List<FleetNodeStatus> nodes() {
        return refusing(() -> fleet().nodes());
    }

    /**
     * Returns the last changes of all nodes, a line each: time, node, author, change and reason; the newest first.
     *
     * @param count maximum number of lines
     * @throws RefusedOperationException if there is no database, or it is away
     */
    @RolesAllowed({READER, OPERATOR})
    public List<String> changeLog(int count) {
        return refusing(() -> fleet().log(count));
    }

    // ---- changes of this node

    /**
     * Changes settings of a breaker, all or none.
     *
     * @param changes the new values; numbers, or texts as in configuration
     * @return the settings in force afterwards
     * @throws RefusedOperationException if no breaker has this name, or a value is not valid
     */
    @RolesAllowed(OPERATOR)
    public BreakerSettings changeSettings(String name, Map<Setting, ?> changes) {
        return refusing(() -> change(breakers.get(name), changes));
    }

    /**
     * Changes settings of a breaker or layer, all or none.
     *
     * @param changes the new values; numbers, or texts as in configuration
     * @return the settings in force afterwards
     * @throws RefusedOperationException if none of this kind has this name, or a value is not valid
     */
    @RolesAllowed(OPERATOR)
    public TunableSettings<?> changeSettings(TunableKind kind, String name, Map<Setting, ?> changes) {
        return refusing(() -> change(find(kind, name), changes));
    }

    /**
     * Restores the settings of code and configuration of a breaker.
     *
     * @return the settings in force afterwards
     * @throws RefusedOperationException if no breaker has this name
     */
    @RolesAllowed(OPERATOR)
    public BreakerSettings revertSettings(String name) {
        return refusing(() -> saving(breakers.get(name), SettingsControl::revertSettings));
    }

    /**
     * Restores the settings of code and configuration of a breaker or layer.
     *
     * @return the settings in force afterwards
     * @throws RefusedOperationException if none of this kind has this name
     */
    @RolesAllowed(OPERATOR)
    public TunableSettings<?> revertSettings(TunableKind kind, String name) {
        return refusing(() -> saving(find(kind, name), SettingsControl::revertSettings));
    }

    /**
     * Undoes the last change of the settings of a breaker or layer that is not undone yet; the last 20 can be undone.
     *
     * @return the settings in force afterwards
     * @throws RefusedOperationException if none of this kind has this name, or no change is left to undo
     */
    @RolesAllowed(OPERATOR)
    public TunableSettings<?> undoLastChange(TunableKind kind, String name) {
        return refusing(() -> saving(find(kind, name), SettingsControl::undoLastChange));
    }

    /**
     * Sets the mode of a breaker.
     *
     * @param time how long it lasts, at most 365 days; {@code null} for no end
     * @param reason shown beside the mode; may be empty
     * @throws RefusedOperationException if no breaker has this name, or {@code time} is not valid
     */
    @RolesAllowed(OPERATOR)
    public void setMode(String name, BreakerMode mode, Duration time, String reason) {
        refusing(() -> {
            breakers.get(name).by(author()).setMode(mode, time, reason);
            return mode;
        });
    }

    /**
     * Closes a breaker, discards its outcomes and ends a forced mode.
     *
     * @throws RefusedOperationException if no breaker has this name
     */
    @RolesAllowed(OPERATOR)
    public void reset(String name) {
        refusing(() -> {
            breakers.get(name).by(author()).reset();
            return name;
        });
    }

    /**
     * Ends the time in OPEN early, so that the next calls are trials.
     *
     * @return whether the state changed; {@code false} in any other state, and while the breaker is forced open
     * @throws RefusedOperationException if no breaker has this name
     */
    @RolesAllowed(OPERATOR)
    public boolean halfOpenNow(String name) {
        return refusing(() -> breakers.get(name).by(author()).halfOpenNow());
    }

    // ---- changes of all nodes or some

    /**
     * Changes settings on all nodes of a scope, all or none. A node that reads the change and cannot accept it goes on
     * with what it has, and is named as one that has refused it.
     *
     * @param changes the new values; numbers, or texts as in configuration
     * @return which nodes have the change, and which have not yet, in a sentence
     * @throws RefusedOperationException if there is no database or it is away, if a node is not known, no name matches
     *     or a value is not valid here, or if another change was stored first
     */
    @RolesAllowed(OPERATOR)
    public String changeSettings(Fleet.Scope scope, Map<Setting, ?> changes) {
        Map<Setting, String> texts = new EnumMap<>(Setting.class);
        changes.forEach((setting, value) -> texts.put(setting, String.valueOf(value)));
        return refusing(() -> fleet().changeSettings(scope, texts, author()));
    }

    /**
     * Restores the settings of code and configuration on all nodes of a scope.
     *
     * @return which nodes have the change, and which have not yet, in a sentence
     * @throws RefusedOperationException if there is no database or it is away, if a node is not known or no name
     *     matches, or if another change was stored first
     */
    @RolesAllowed(OPERATOR)
    public String revertSettings(Fleet.Scope scope) {
        return refusing(() -> fleet().revertSettings(scope, author()));
    }

    /**
     * Sets the mode of breakers on all nodes of a scope.
     *
     * @param scope nodes and breakers; its kind must be {@link TunableKind#BREAKER}
     * @param time how long it lasts, at most 365 days; {@code null} for no end
     * @param reason shown beside the mode; may be empty
     * @return which nodes have the change, and which have not yet, in a sentence
     * @throws RefusedOperationException if there is no database or it is away, if a node is not known, no name matches
     *     or {@code time} is not valid, or if another change was stored first
     */
    @RolesAllowed(OPERATOR)
    public String setMode(Fleet.Scope scope, BreakerMode mode, Duration time, String reason) {
        return refusing(() -> fleet().setMode(scope, mode, time, reason, author()));
    }

    /**
     * Closes breakers, discards their outcomes and ends forced modes, on the nodes of a scope that run now and read it
     * within a minute.
     *
     * @param scope nodes and breakers; its kind must be {@link TunableKind#BREAKER}
     * @return which nodes have the change, and which have not yet, in a sentence
     * @throws RefusedOperationException if there is no database or it is away, if a node is not known or no name
     *     matches, or if another change was stored first
     */
    @RolesAllowed(OPERATOR)
    public String reset(Fleet.Scope scope) {
        return refusing(() -> fleet().reset(scope, author()));
    }

    // ----

    private String author() {
        return application.author(session.getCallerPrincipal().getName());
    }

    private Fleet fleet() {
        return application
                .fleet()
                .orElseThrow(() -> new IllegalStateException("this application has no database, so that other nodes"
                        + " cannot be reached; set switchgear.datasource to the JNDI name of a data source of the"
                        + " server, and see SGR0071, SGR0072, SGR0073 or SGR0083 in the log"));
    }

    private Stream<Tunable<?>> all(TunableKind kind) {
        return application.tunables().stream()
                .filter(each -> each.configuredSettings().kind() == kind)
                .sorted(Comparator.comparing(Tunable::name));
    }

    private Tunable<?> find(TunableKind kind, String name) {
        if (kind == TunableKind.BREAKER) {
            return breakers.get(name);
        }
        return all(kind)
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("there is no " + kind.noun() + " \"" + name + "\""));
    }

    private <S extends TunableSettings<S>> S change(Tunable<S> tunable, Map<Setting, ?> changes) {
        return saving(tunable, control -> control.update(present -> present.with(changes)));
    }

    private <S extends TunableSettings<S>> S saving(Tunable<S> tunable, Function<SettingsControl<S>, S> change) {
        S after = change.apply(tunable.by(author()));
        application.changed(tunable);
        return after;
    }

    /** Turns a refusal into the exception of this bean, with the sentence that JMX shows. */
    private static <T> T refusing(Supplier<T> operation) {
        try {
            return operation.get();
        } catch (InvalidSettingsException invalid) {
            throw new RefusedOperationException(invalid.messageNaming(Setting::attributeName));
        } catch (NoSuchElementException | IllegalArgumentException | IllegalStateException refused) {
            throw new RefusedOperationException(refused.getMessage());
        }
    }
}
