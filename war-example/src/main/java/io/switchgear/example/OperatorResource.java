// SPDX-License-Identifier: Apache-2.0
package io.switchgear.example;

import io.switchgear.BreakerControl;
import io.switchgear.CircuitBreaker;
import io.switchgear.CircuitBreakers;
import io.switchgear.managed.ManagedApplication;
import io.switchgear.settings.InvalidSettingsException;
import io.switchgear.settings.Setting;
import io.switchgear.settings.SettingsControl;
import io.switchgear.settings.TunableKind;
import io.switchgear.status.BreakerMode;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * What operators may do to a breaker, as in a console: each change is in the name of the caller, and what the library
 * refuses is refused with its sentence. {@link OperatorFilter} says who the caller is.
 *
 * <p>Intentional: the name of the breaker is a parameter of the query, as not each server accepts {@code #} in a path.
 */
@Path("operator")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class OperatorResource {
    private static final Parameter MINUTES = new Parameter("minutes", 1, 10_080);

    @Inject
    private CircuitBreakers breakers;

    @Inject
    private ManagedApplication application;

    @Context
    private SecurityContext security;

    /** The user who is signed in. */
    public record Operator(String name) {}

    @GET
    public Operator operator() {
        return new Operator(caller());
    }

    @POST
    @Path("settings")
    public void changeSettings(@QueryParam("breaker") String name, String body) {
        Map<Setting, String> changes = changes(body);
        tune(name, control -> control.update(present -> present.with(changes)));
    }

    @POST
    @Path("settings/undo")
    public void undoLastChange(@QueryParam("breaker") String name) {
        tune(name, SettingsControl::undoLastChange);
    }

    @POST
    @Path("settings/revert")
    public void revertSettings(@QueryParam("breaker") String name) {
        tune(name, SettingsControl::revertSettings);
    }

    @POST
    @Path("rehearsal")
    public void rehearse(@QueryParam("breaker") String name, String body) {
        Map<Setting, String> changes = changes(body);
        operate(name, control -> control.rehearse(present -> present.with(changes)));
    }

    @POST
    @Path("rehearsal/end")
    public void endRehearsal(@QueryParam("breaker") String name) {
        operate(name, BreakerControl::endRehearsal);
    }

    @POST
    @Path("rehearsal/apply")
    public void applyRehearsal(@QueryParam("breaker") String name) {
        tune(name, BreakerControl::applyRehearsal);
    }

    @POST
    @Path("mode")
    public void setMode(@QueryParam("breaker") String name, String body) {
        JsonObject wanted = Parameter.settings(body);
        BreakerMode mode = mode(text(wanted.get("mode")));
        Duration time = wanted.containsKey("minutes") ? Duration.ofMinutes(MINUTES.valueIn(wanted)) : null;
        String reason = wanted.containsKey("reason") ? text(wanted.get("reason")) : "";
        operate(name, control -> control.setMode(mode, time, reason));
    }

    @POST
    @Path("half-open")
    public void halfOpenNow(@QueryParam("breaker") String name) {
        operate(name, control -> {
            if (!control.halfOpenNow()) {
                throw new IllegalStateException("only a breaker that is open by its own decision can be half-opened");
            }
        });
    }

    @POST
    @Path("reset")
    public void reset(@QueryParam("breaker") String name) {
        operate(name, BreakerControl::reset);
    }

    private static Map<Setting, String> changes(String body) {
        Map<Setting, String> changes = new EnumMap<>(Setting.class);
        Parameter.settings(body).forEach((name, value) -> changes.put(setting(name), text(value)));
        return changes;
    }

    private static Setting setting(String name) {
        return Setting.of(TunableKind.BREAKER).stream()
                .filter(setting -> setting.attributeName().equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidParameterException("the body must name settings of a breaker, such as "
                        + Setting.FAILURE_THRESHOLD.attributeName()));
    }

    private static BreakerMode mode(String name) {
        return Arrays.stream(BreakerMode.values())
                .filter(mode -> mode.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidParameterException("mode must be one of "
                        + Arrays.stream(BreakerMode.values())
                                .map(BreakerMode::name)
                                .collect(Collectors.joining(", "))));
    }

    private static String text(JsonValue value) {
        return value instanceof JsonString string ? string.getString() : String.valueOf(value);
    }

    private String caller() {
        if (!security.isUserInRole(Operators.ROLE)) {
            throw new ForbiddenException();
        }
        return security.getUserPrincipal().getName();
    }

    /** Changes settings, which are saved if the application saves them. */
    private void tune(String name, Consumer<BreakerControl> change) {
        application.changed(operate(name, change));
    }

    private CircuitBreaker operate(String name, Consumer<BreakerControl> operation) {
        String caller = caller();
        try {
            CircuitBreaker breaker = breakers.get(name == null ? "" : name);
            operation.accept(breaker.by(application.author(caller)));
            return breaker;
        } catch (InvalidSettingsException invalid) {
            throw new InvalidParameterException(invalid.messageNaming(Setting::attributeName));
        } catch (NoSuchElementException | IllegalArgumentException | IllegalStateException refused) {
            throw new InvalidParameterException(refused.getMessage());
        }
    }
}
