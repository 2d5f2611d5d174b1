// SPDX-License-Identifier: Apache-2.0
package io.switchgear.jmx;

import static io.switchgear.jmx.Parameter.CHANGES;
import static io.switchgear.jmx.Parameter.MINUTES;
import static io.switchgear.jmx.Parameter.NAME_PATTERN;
import static io.switchgear.jmx.Parameter.REASON;

import io.switchgear.BreakerControl;
import io.switchgear.CircuitBreaker;
import io.switchgear.settings.TunableKind;
import io.switchgear.status.BreakerMode;
import java.util.List;
import java.util.function.BiConsumer;

/** The operations of the MBean of all breakers. */
final class ApplicationOperations {
    static final List<MBeanOperation<ApplicationResource>> ALL = List.of(
            MBeanOperation.changing(
                    "changeSettings",
                    List.of(NAME_PATTERN, CHANGES),
                    String[].class,
                    "Changes settings of all matching breakers, or of none if one refuses; returns their names",
                    (application, given) -> {
                        List<CircuitBreaker> breakers = application.breakers(given.names());
                        new BulkChange(breakers, given.changes(TunableKind.BREAKER), Caller.current())
                                .apply(application.breakers());
                        application.saved().changed(breakers);
                        return names(breakers);
                    }),
            MBeanOperation.changing(
                    "revertSettings",
                    List.of(NAME_PATTERN),
                    String[].class,
                    "Restores the settings of code and configuration in all matching breakers; returns their names",
                    (application, given) -> {
                        List<CircuitBreaker> breakers = application.breakers(given.names());
                        String author = Caller.current();
                        breakers.forEach(breaker -> breaker.by(author).revertSettings());
                        application.saved().changed(breakers);
                        return names(breakers);
                    }),
            MBeanOperation.changing(
                    "rehearse",
                    List.of(NAME_PATTERN, CHANGES),
                    String[].class,
                    "Judges the calls of all matching breakers by other settings too, which reject nothing; returns their"
                            + " names",
                    (application, given) -> {
                        List<CircuitBreaker> breakers = application.breakers(given.names());
                        new BulkChange(breakers, given.changes(TunableKind.BREAKER), Caller.current())
                                .rehearse(application.breakers());
                        return names(breakers);
                    }),
            MBeanOperation.changing(
                    "endRehearsal",
                    List.of(NAME_PATTERN),
                    String[].class,
                    "Ends the rehearsals of matching breakers; returns the comparison of each",
                    (application, given) -> application.breakers(given.names()).stream()
                            .filter(breaker -> breaker.snapshot().rehearsal() != null)
                            .map(breaker -> breaker.name() + ": " + BreakerResource.endRehearsal(breaker))
                            .toArray(String[]::new)),
            toAll(
                    "forceOpen",
                    List.of(NAME_PATTERN, REASON),
                    "Rejects every call of all matching breakers until their mode changes",
                    (controls, given) -> controls.forceOpen(given.reason())),
            toAll(
                    "forceOpenFor",
                    List.of(NAME_PATTERN, MINUTES, REASON),
                    "Rejects every call of all matching breakers for the given minutes; then trials decide",
                    (controls, given) -> controls.setMode(BreakerMode.FORCED_OPEN, given.time(), given.reason())),
            toAll(
                    "forceClosed",
                    List.of(NAME_PATTERN, REASON),
                    "Admits every call of all matching breakers until their mode changes; nothing opens them",
                    (controls, given) -> controls.forceClosed(given.reason())),
            toAll(
                    "observe",
                    List.of(NAME_PATTERN, REASON),
                    "Lets all matching breakers decide and report, but reject nothing, until their mode changes",
                    (controls, given) -> controls.observe(given.reason())),
            toAll(
                    "automatic",
                    List.of(NAME_PATTERN),
                    "Ends the mode of all matching breakers: they decide again, those forced open by trials",
                    (controls, given) -> controls.automatic()),
            toAll(
                    "reset",
                    List.of(NAME_PATTERN),
                    "Closes all matching breakers, discards their outcomes and ends forced modes",
                    (controls, given) -> controls.reset()),
            MBeanOperation.reading(
                    "exportSettings",
                    String.class,
                    "Returns the settings that differ from code and configuration, as text to paste into configuration",
                    (application, given) -> application.export()),
            MBeanOperation.changing(
                    "lookAtConfiguration",
                    List.of(),
                    String.class,
                    "Reads followed files and other configuration now, and applies what has changed; returns the result",
                    (application, given) -> application.look()),
            MBeanOperation.changing(
                    "saveSettings",
                    List.of(),
                    String.class,
                    "Saves the settings that differ from code and configuration; the next start applies them",
                    (application, given) -> application.save()),
            MBeanOperation.changing(
                    "forgetSavedSettings",
                    List.of(NAME_PATTERN),
                    String[].class,
                    "Deletes the settings saved under matching names and returns these; the settings in force stay",
                    (application, given) -> application.forget(given.names())));

    private ApplicationOperations() {}

    /** Creates an operation that acts on all matching breakers. */
    private static MBeanOperation<ApplicationResource> toAll(
            String name,
            List<Parameter> parameters,
            String description,
            BiConsumer<BreakerControl, Parameter.Given> action) {
        return MBeanOperation.changing(
                name, parameters, String[].class, description + "; returns their names", (application, given) -> {
                    List<CircuitBreaker> breakers = application.breakers(given.names());
                    String author = Caller.current();
                    breakers.forEach(breaker -> action.accept(breaker.by(author), given));
                    return names(breakers);
                });
    }

    private static String[] names(List<CircuitBreaker> breakers) {
        return breakers.stream().map(CircuitBreaker::name).toArray(String[]::new);
    }
}
