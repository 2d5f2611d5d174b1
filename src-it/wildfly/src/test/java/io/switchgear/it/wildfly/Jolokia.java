// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.wildfly;

import static org.awaitility.Awaitility.await;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import io.switchgear.it.servers.Archives;
import io.switchgear.it.servers.Server;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Jolokia's agent in a running process that was not prepared for it, and a client of its HTTP port. Closing this stops
 * the agent.
 */
final class Jolokia implements AutoCloseable {
    private final long processId;
    private final URI uri;

    private Jolokia(long processId, URI uri) {
        this.processId = processId;
        this.uri = uri;
    }

    static Jolokia attachedTo(long processId) throws IOException {
        // the agent continues its start in a separate thread
        String address = agent(
                processId,
                "host=127.0.0.1,port=0,discoveryEnabled=false",
                process -> await().atMost(Duration.ofSeconds(20))
                        .until(() -> process.getSystemProperties().getProperty("jolokia.agent"), url -> url != null));
        return new Jolokia(processId, URI.create(address));
    }

    /** Runs the agent in the process with these options, then returns the result of {@code question}. */
    private static String agent(long processId, String options, Function<VirtualMachine, String> question)
            throws IOException {
        try {
            VirtualMachine process = VirtualMachine.attach(String.valueOf(processId));
            try {
                process.loadAgent(Archives.jolokia().getPath(), options);
                return question.apply(process);
            } finally {
                process.detach();
            }
        } catch (AttachNotSupportedException | AgentLoadException | AgentInitializationException refused) {
            throw new IOException("no agent in process " + processId, refused);
        }
    }

    /** Searches for MBeans. */
    JsonObject search(String pattern) {
        return post(Map.of("type", "search", "mbean", pattern));
    }

    /** Reads all attributes of one MBean, or of each that matches. */
    JsonObject read(Object name) {
        return post(Map.of("type", "read", "mbean", name.toString()));
    }

    JsonObject write(Object name, String attribute, Object value) {
        return post(Map.of("type", "write", "mbean", name.toString(), "attribute", attribute, "value", value));
    }

    JsonObject run(Object name, String operation, Object... parameters) {
        return post(Map.of(
                "type", "exec", "mbean", name.toString(), "operation", operation, "arguments", List.of(parameters)));
    }

    private JsonObject post(Map<String, Object> request) {
        String response = Server.send(HttpRequest.newBuilder(uri)
                        .POST(BodyPublishers.ofString(
                                Json.createObjectBuilder(request).build().toString()))
                        .build())
                .body();
        try (JsonReader reader = Json.createReader(new StringReader(response))) {
            return reader.readObject();
        }
    }

    /** Returns the value of a successful response. */
    static JsonValue value(JsonObject response) {
        if (response.getInt("status") != 200) {
            throw new AssertionError(response);
        }
        return response.get("value");
    }

    @Override
    public void close() throws IOException {
        agent(processId, "mode=stop", process -> "stopped");
    }
}
