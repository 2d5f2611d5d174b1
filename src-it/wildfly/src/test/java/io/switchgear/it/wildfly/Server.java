// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.wildfly;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** A client of the server's HTTP port. */
final class Server {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private Server() {}

    /** @param path begins with the application's context */
    static HttpResponse<String> get(String path) {
        return get(uri(path));
    }

    /** Sends a GET request to any server. */
    static HttpResponse<String> get(URI uri) {
        return send(HttpRequest.newBuilder(uri).build());
    }

    static HttpResponse<String> send(HttpRequest request) {
        try {
            return CLIENT.send(request, BodyHandlers.ofString());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    static URI uri(String path) {
        return URI.create("http://127.0.0.1:" + System.getProperty("server.http.port") + "/" + path);
    }
}
