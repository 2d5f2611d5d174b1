// SPDX-License-Identifier: Apache-2.0
package io.switchgear.example;

import io.switchgear.settings.Setting;
import io.switchgear.settings.TunableKind;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** The state of all breakers at one moment; {@link LiveResource} has their changes. */
@Path("breakers")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class BreakerResource {
    @Inject
    private Board board;

    /**
     * A setting of all breakers.
     *
     * @param values the names that are allowed; empty if it is a number
     */
    public record SettingInfo(String name, String unit, String description, List<String> values) {}

    @GET
    public List<BreakerRow> all() {
        return board.rows();
    }

    @GET
    @Path("settings")
    public List<SettingInfo> settings() {
        return Setting.of(TunableKind.BREAKER).stream()
                .map(setting -> new SettingInfo(
                        setting.attributeName(), setting.unit(), setting.description(), setting.legalValues()))
                .toList();
    }
}
