// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A client of the stream of events behind the page of the example. */
final class ShopStream implements AutoCloseable {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(Version.HTTP_1_1).build();

    private final HttpResponse<InputStream> response;
    private final BufferedReader lines;

    ShopStream() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(Server.uri("shop/api/live"))
                .header("Accept", "text/event-stream")
                .timeout(Duration.ofSeconds(20))
                .build();
        response = CLIENT.send(request, BodyHandlers.ofInputStream());
        lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    /**
     * Requests the stream by a client that need not read it.
     *
     * @param receiveBytes how much the client takes in before it reads
     */
    static Socket request(int receiveBytes) throws IOException {
        URI live = Server.uri("shop/api/live");
        Socket socket = new Socket();
        socket.setReceiveBufferSize(receiveBytes);
        socket.setSoTimeout(20_000);
        socket.connect(new InetSocketAddress(live.getHost(), live.getPort()));
        socket.getOutputStream()
                .write(("GET " + live.getPath() + " HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** Reads the beginning of the response to {@link #request}: the version and the status. */
    static String statusLine(Socket socket) throws IOException {
        return new String(socket.getInputStream().readNBytes("HTTP/1.1 200 ".length()), StandardCharsets.US_ASCII);
    }

    HttpResponse<InputStream> response() {
        return response;
    }

    /** Returns the next message. */
    JsonObject next() throws IOException {
        String line;
        do {
            line = lines.readLine();
            if (line == null) {
                throw new IOException("the stream has ended, status " + response.statusCode());
            }
        } while (!line.startsWith("data:"));
        return Json.createReader(new StringReader(line.substring("data:".length())))
                .readObject();
    }

    /** Returns the next second, without messages of changes alone. */
    JsonObject nextSecond() throws IOException {
        JsonObject message = next();
        while (!message.containsKey("second")) {
            message = next();
        }
        return message.getJsonObject("second");
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
