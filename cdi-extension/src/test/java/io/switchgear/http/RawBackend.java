// SPDX-License-Identifier: Apache-2.0
package io.switchgear.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A backend on a free port of the loopback interface that speaks HTTP/1.1 on raw sockets, so that it can break it at
 * any byte. Has a thread for each connection, at most 300; closing it ends all of them.
 */
public final class RawBackend implements AutoCloseable {
    private static final int MAX_CONNECTIONS = 300;

    /** A request of a client. Names of headers are in lower case. */
    public record Request(String method, String path, Map<String, String> headers, String body) {}

    /** The reaction of the backend to one request. */
    @FunctionalInterface
    public interface Answer {
        /** Responds, and returns whether the connection is kept for the next request. */
        boolean give(RawBackendLine line) throws IOException;
    }

    /** Sends status 200 and a body. */
    public static Answer ok(String body, String... headers) {
        return status(200, body, headers);
    }

    /** Sends a whole response; each header as in {@code "Retry-After: 1"}. */
    public static Answer status(int status, String body, String... headers) {
        return line -> {
            line.head(status, body.getBytes(UTF_8).length, headers);
            line.send("HEAD".equals(line.request().method()) ? "" : body);
            return true;
        };
    }

    /** Accepts the request and sends nothing. */
    public static Answer hang() {
        return line -> line.pause(Long.MAX_VALUE);
    }

    /** Sends nothing until {@link #release}, then responds. */
    public static Answer hold(Answer later) {
        return line -> line.hold() && later.give(line);
    }

    /** Announces a longer body than {@code start}, and stops after it. */
    public static Answer hangInBody(String start) {
        return line -> {
            line.head(200, start.length() + 1_000);
            line.send(start);
            return line.pause(Long.MAX_VALUE);
        };
    }

    /** Sends one byte of the body every {@code millis}. */
    public static Answer slowBody(String body, long millis) {
        return line -> {
            line.head(200, body.length());
            for (int i = 0; i < body.length(); i++) {
                if (!line.pause(millis)) {
                    return false;
                }
                line.send(body.substring(i, i + 1));
            }
            return true;
        };
    }

    /** Ends the connection in the middle of the body, as a process that dies. */
    public static Answer cutBody(String start) {
        return line -> {
            line.head(200, start.length() + 1_000);
            line.send(start);
            return false;
        };
    }

    /** Resets the connection without a response. */
    public static Answer reset() {
        return line -> {
            line.resetOnClose();
            return false;
        };
    }

    /** Resets the connection in the middle of the body. */
    public static Answer resetInBody(String start) {
        return line -> {
            line.head(200, start.length() + 1_000);
            line.send(start);
            line.resetOnClose();
            return false;
        };
    }

    /** Closes its side of the connection without a response, and goes on reading. */
    public static Answer halfClose() {
        return line -> {
            line.shutdownOutput();
            return line.pause(Long.MAX_VALUE);
        };
    }

    private final Queue<Answer> next = new ConcurrentLinkedQueue<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final List<String> hungUp = new CopyOnWriteArrayList<>();
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger held = new AtomicInteger();
    private final AtomicInteger releases = new AtomicInteger();
    private final int port;
    private volatile boolean recording = true;
    private volatile Answer always;
    private volatile ServerSocket listening;
    private volatile Thread accepting;
    private volatile boolean closed;

    /** Creates a backend that responds to every request in this way unless {@link #next} names another. */
    public RawBackend(Answer always) throws IOException {
        this.always = always;
        listening = listen(0);
        port = listening.getLocalPort();
    }

    public URI url() {
        return URI.create("http://" + InetAddress.getLoopbackAddress().getHostAddress() + ":" + port);
    }

    /** Changes the response to all requests from now on. */
    public void always(Answer answer) {
        always = answer;
    }

    /** Sets the responses to the next requests, one each. */
    public void next(Answer... answers) {
        next.addAll(List.of(answers));
    }

    /** Releases the requests that are held at this moment. */
    public void release() {
        releases.incrementAndGet();
    }

    /** Returns the number of requests that are held. */
    public int held() {
        return held.get();
    }

    /** Refuses connections, as a machine on which the process is down, and resets those that are open. */
    public void refuse() throws IOException, InterruptedException {
        listening.close();
        // while a thread is in accept, the system still accepts connections
        accepting.join();
        for (Socket socket : connections) {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }

    /** Accepts connections again after {@link #refuse}. */
    public void accept() throws IOException {
        listening = listen(port);
    }

    /** Drops the recorded requests, and only counts from now on: for tests with very many requests. */
    public void onlyCount() {
        recording = false;
        requests.clear();
    }

    /** Returns the requests in order of arrival. */
    public List<Request> requests() {
        return requests;
    }

    /** Returns the number of requests received. */
    public int answered() {
        return answered.get();
    }

    /** Returns the paths of requests whose clients closed the connection before they had a response. */
    public List<String> hungUp() {
        return hungUp;
    }

    /** Returns the number of connections accepted since the start. */
    public int accepted() {
        return accepted.get();
    }

    /** Returns the number of connections that neither side has closed. */
    public int open() {
        return connections.size();
    }

    @Override
    public void close() throws IOException {
        closed = true;
        listening.close();
        for (Socket socket : connections) {
            socket.close();
        }
    }

    /** Holds a request until {@link #release}; returns whether its client is still connected then. */
    boolean holdUntilReleased(RawBackendLine line) throws IOException {
        int before = releases.get();
        held.incrementAndGet();
        try {
            while (releases.get() == before) {
                if (!line.clientIsConnected()) {
                    return false;
                }
            }
            return true;
        } finally {
            held.decrementAndGet();
        }
    }

    /** Notes that a client closed its connection, unless this backend is closed itself. */
    void noteClosedByClient(String path) {
        if (!closed) {
            hungUp.add(path);
        }
    }

    private ServerSocket listen(int requestedPort) throws IOException {
        ServerSocket server = new ServerSocket();
        server.setReuseAddress(true);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), requestedPort), MAX_CONNECTIONS);
        accepting = thread("accepting", () -> acceptFrom(server));
        return server;
    }

    private void acceptFrom(ServerSocket server) {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                accepted.incrementAndGet();
                if (connections.size() >= MAX_CONNECTIONS) {
                    socket.close();
                } else {
                    connections.add(socket);
                    thread("connection", () -> serve(socket));
                }
            } catch (IOException over) {
                // it was closed, or this client is gone already
            }
        }
    }

    private static Thread thread(String name, Runnable work) {
        Thread thread = new Thread(work, "raw-backend-" + name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void serve(Socket socket) {
        try (socket) {
            RawBackendLine line = new RawBackendLine(this, socket);
            do {
                if (!line.readRequest()) {
                    return;
                }
                answered.incrementAndGet();
                if (recording) {
                    requests.add(line.request());
                }
            } while (answerFor().give(line));
        } catch (IOException gone) {
            // the client went, or this backend was closed
        } finally {
            connections.remove(socket);
        }
    }

    private Answer answerFor() {
        Answer once = next.poll();
        return once == null ? always : once;
    }
}
