// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers;

import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;

/** A client of the server's HTTP port. */
public final class Server {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private Server() {}

    /**
     * Sends a GET request to the server of the tests.
     *
     * @param path begins with the application's context
     */
    public static HttpResponse<String> get(String path) {
        return get(uri(path));
    }

    /** Sends a GET request to any server. */
    public static HttpResponse<String> get(URI uri) {
        return send(HttpRequest.newBuilder(uri).build());
    }

    public static HttpResponse<String> send(HttpRequest request) {
        try {
            return CLIENT.send(request, BodyHandlers.ofString());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    /** Returns the process that runs from the server's directory; empty if there is none. */
    static Optional<ProcessHandle> process() {
        String home = System.getProperty("server.home");
        return VirtualMachine.list().stream()
                .filter(process -> process.displayName().contains(home))
                .findFirst()
                .flatMap(process -> ProcessHandle.of(Long.parseLong(process.id())));
    }

    public static URI uri(String path) {
        return URI.create("http://127.0.0.1:" + System.getProperty("server.http.port") + "/" + path);
    }
}
