package io.switchgear.it.wildfly.calling;

import io.switchgear.http.ResilientHttpClient;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Application;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

@Path("calls")
@RequestScoped
public class Calls {
    @Inject
    ResilientHttpClient client;

    @ApplicationPath("/")
    public static class Rest extends Application {}

    /** What the service says. */
    @GET
    @Path("ended")
    public String end() throws IOException, InterruptedException {
        return client.send("backend", request("/ended"), BodyHandlers.ofString())
                .body();
    }

    /** Begins a call, and does not wait for it. */
    @GET
    @Path("pending")
    public String begin() {
        return client.sendAsync("backend", request("/pending"), BodyHandlers.ofString())
                        .isDone()
                ? "over"
                : "begun";
    }

    private HttpRequest request(String path) {
        return client.request("backend", path).build();
    }
}
