// SPDX-License-Identifier: Apache-2.0
package io.switchgear.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.switchgear.http.RawBackend.Request;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One connection of a {@link RawBackend}, at one request. */
public final class RawBackendLine {
    private static final int MAX_HEAD_BYTES = 64 * 1024;
    private static final int POLL_MILLIS = 10;

    private final RawBackend backend;
    private final Socket socket;
    private Request request;

    RawBackendLine(RawBackend backend, Socket socket) {
        this.backend = backend;
        this.socket = socket;
    }

    /** Returns the request to respond to. */
    public Request request() {
        return request;
    }

    /** Sends the status line and headers. */
    public void head(int status, int length, String... headers) throws IOException {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " test\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        // a response with this status has no body and no length
        head.append(status == 204 ? "" : "Content-Length: " + length + "\r\n");
        send(head.append("\r\n").toString());
    }

    public void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(UTF_8));
        socket.getOutputStream().flush();
    }

    /** Waits this long, or until the client closes the connection; returns whether it is still connected. */
    boolean pause(long millis) throws IOException {
        long started = System.nanoTime();
        while ((System.nanoTime() - started) / 1_000_000 < millis) {
            if (!clientIsConnected()) {
                return false;
            }
        }
        return true;
    }

    /** Waits until the backend releases its requests; returns whether the client is still connected. */
    boolean hold() throws IOException {
        return backend.holdUntilReleased(this);
    }

    /** Makes the end of the connection a reset. */
    void resetOnClose() throws IOException {
        // a time of 0 makes closing a reset
        socket.setSoLinger(true, 0);
    }

    void shutdownOutput() throws IOException {
        socket.shutdownOutput();
    }

    /** Returns whether the client is still connected, after a short wait for the end of its data. */
    boolean clientIsConnected() throws IOException {
        socket.setSoTimeout(POLL_MILLIS);
        try {
            return socket.getInputStream().read() >= 0 || noteClosedByClient();
        } catch (SocketTimeoutException silent) {
            return true;
        } catch (IOException reset) {
            return noteClosedByClient();
        } finally {
            if (!socket.isClosed()) {
                socket.setSoTimeout(0);
            }
        }
    }

    private boolean noteClosedByClient() {
        backend.noteClosedByClient(request.path());
        return false;
    }

    /** Reads the next request; returns false if the client has no more, or ends it in the middle. */
    boolean readRequest() throws IOException {
        request = read(socket.getInputStream());
        return request != null;
    }

    private static Request read(InputStream in) throws IOException {
        String head = until(in, "\r\n\r\n");
        if (head == null) {
            return null;
        }
        List<String> lines = head.lines().toList();
        Map<String, String> headers = new HashMap<>();
        for (String header : lines.subList(1, lines.size() - 1)) {
            int colon = header.indexOf(':');
            headers.put(
                    header.substring(0, colon).toLowerCase(Locale.ROOT),
                    header.substring(colon + 1).strip());
        }
        String body = "chunked".equals(headers.get("transfer-encoding"))
                ? until(in, "0\r\n\r\n")
                : exactly(in, Integer.parseInt(headers.getOrDefault("content-length", "0")));
        if (body == null) {
            return null;
        }
        String first = lines.get(0);
        int method = first.indexOf(' ');
        return new Request(
                first.substring(0, method), first.substring(method + 1, first.lastIndexOf(' ')), headers, body);
    }

    private static String exactly(InputStream in, int length) throws IOException {
        byte[] read = in.readNBytes(length);
        return read.length < length ? null : new String(read, UTF_8);
    }

    private static String until(InputStream in, String end) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        int matched = 0;
        while (matched < end.length()) {
            int next = in.read();
            if (next < 0 || read.size() > MAX_HEAD_BYTES) {
                return null;
            }
            read.write(next);
            matched = next == end.charAt(matched) ? matched + 1 : next == end.charAt(0) ? 1 : 0;
        }
        return read.toString(ISO_8859_1);
    }
}
