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

/** The table of what an operator can do to many breakers at once. */
final class ApplicationOperations {
    static final List<MBeanOperation<ApplicationResource>> ALL = List.of(
            MBeanOperation.answering(
                    "changeSettings",
                    List.of(NAME_PATTERN, CHANGES),
                    String[].class,
                    "Changes settings of all breakers that match, or of none if one refuses; answers their names",
                    (application, given) -> {
                        List<CircuitBreaker> breakers = application.breakers(given.names());
                        new BulkChange(breakers, given.changes(TunableKind.BREAKER), Caller.current()).make();
                        application.saved().changed(breakers);
                        return names(breakers);
                    }),
            MBeanOperation.answering(
                    "revertSettings",
                    List.of(NAME_PATTERN),
                    String[].class,
                    "Puts the settings of all breakers that match back to what code and configuration say; answers"
                            + " their names",
                    (application, given) -> {
                        List<CircuitBreaker> breakers = application.breakers(given.names());
                        String who = Caller.current();
                        breakers.forEach(breaker -> breaker.by(who).revertSettings());
                        application.saved().changed(breakers);
                        return names(breakers);
                    }),
            toAll(
                    "forceOpen",
                    List.of(NAME_PATTERN, REASON),
                    "Lets all breakers that match reject every call until their mode changes",
                    (controls, given) -> controls.forceOpen(given.reason())),
            toAll(
                    "forceOpenFor",
                    List.of(NAME_PATTERN, MINUTES, REASON),
                    "Lets all breakers that match reject every call for so many minutes",
                    (controls, given) -> controls.setMode(BreakerMode.FORCED_OPEN, given.time(), given.reason())),
            toAll(
                    "forceClosed",
                    List.of(NAME_PATTERN, REASON),
                    "Lets all breakers that match admit every call until their mode changes",
                    (controls, given) -> controls.forceClosed(given.reason())),
            toAll(
                    "observe",
                    List.of(NAME_PATTERN, REASON),
                    "Lets all breakers that match judge and report, but reject nothing, until their mode changes",
                    (controls, given) -> controls.observe(given.reason())),
            toAll(
                    "automatic",
                    List.of(NAME_PATTERN),
                    "Lets all breakers that match decide by themselves again",
                    (controls, given) -> controls.automatic()),
            toAll(
                    "reset",
                    List.of(NAME_PATTERN),
                    "Closes all breakers that match; they forget the outcomes they judged",
                    (controls, given) -> controls.reset()),
            MBeanOperation.reading(
                    "exportSettings",
                    String.class,
                    "The settings that are not as configured, as text to paste into configuration",
                    (application, given) -> application.export()),
            MBeanOperation.answering(
                    "saveSettings",
                    List.of(),
                    String.class,
                    "Saves the settings that are not as configured, so that the next start finds them",
                    (application, given) -> application.save()),
            MBeanOperation.answering(
                    "forgetSavedSettings",
                    List.of(NAME_PATTERN),
                    String[].class,
                    "Forgets what is saved for breakers that match; the settings in force stay",
                    (application, given) -> application.forget(given.names())));

    private ApplicationOperations() {}

    private static MBeanOperation<ApplicationResource> toAll(
            String name,
            List<Parameter> parameters,
            String description,
            BiConsumer<BreakerControl, Parameter.Given> action) {
        return MBeanOperation.answering(
                name, parameters, String[].class, description + "; answers their names", (application, given) -> {
                    List<CircuitBreaker> breakers = application.breakers(given.names());
                    String who = Caller.current();
                    breakers.forEach(breaker -> action.accept(breaker.by(who), given));
                    return names(breakers);
                });
    }

    private static String[] names(List<CircuitBreaker> breakers) {
        return breakers.stream().map(CircuitBreaker::name).toArray(String[]::new);
    }
}
