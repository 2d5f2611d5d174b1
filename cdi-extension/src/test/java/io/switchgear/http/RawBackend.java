package io.switchgear.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A backend on a free port of the loopback interface that speaks HTTP/1.1 on raw sockets, so that it can break it at
 * any byte. A thread for each connection, never more than 300; closing it ends all of them.
 */
public final class RawBackend implements AutoCloseable {
    private static final int MOST_CONNECTIONS = 300;
    private static final int LONGEST_HEAD = 64 * 1024;
    private static final int LOOK_MILLIS = 10;

    /** What a client sent. Names of headers are in lower case. */
    public record Request(String method, String path, Map<String, String> headers, String body) {}

    /** What the backend does with one request. */
    @FunctionalInterface
    public interface Answer {
        /** Answers whether the connection is kept for the next request. */
        boolean give(Line line) throws IOException;
    }

    /** Status 200 and a body. */
    public static Answer ok(String body, String... headers) {
        return status(200, body, headers);
    }

    /** A whole response; each header as in {@code "Retry-After: 1"}. */
    public static Answer status(int status, String body, String... headers) {
        return line -> {
            line.head(status, body.getBytes(UTF_8).length, headers);
            line.send("HEAD".equals(line.request.method()) ? "" : body);
            return true;
        };
    }

    /** Accepts the request and says nothing. */
    public static Answer hang() {
        return line -> line.pause(Long.MAX_VALUE);
    }

    /** Says nothing until {@link #release}, then answers. */
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

    /** One byte of the body every {@code millis}. */
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

    /** Resets the connection without an answer. */
    public static Answer reset() {
        return line -> {
            // a time of 0 makes closing a reset
            line.socket.setSoLinger(true, 0);
            return false;
        };
    }

    /** Resets the connection in the middle of the body. */
    public static Answer resetInBody(String start) {
        return line -> {
            line.head(200, start.length() + 1_000);
            line.send(start);
            line.socket.setSoLinger(true, 0);
            return false;
        };
    }

    /** Ends its side of the connection without an answer, and goes on listening. */
    public static Answer halfClose() {
        return line -> {
            line.socket.shutdownOutput();
            return line.pause(Long.MAX_VALUE);
        };
    }

    /** One connection, at one request. */
    public final class Line {
        private final Socket socket;
        private Request request;

        private Line(Socket socket) {
            this.socket = socket;
        }

        /** What the client asks for. */
        public Request request() {
            return request;
        }

        /** The status line and headers. */
        public void head(int status, int length, String... headers) throws IOException {
            StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " as told\r\n");
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

        /** Waits this long, or until the client goes; answers whether it is still there. */
        boolean pause(long millis) throws IOException {
            long started = System.nanoTime();
            while ((System.nanoTime() - started) / 1_000_000 < millis) {
                if (!clientIsThere()) {
                    return false;
                }
            }
            return true;
        }

        private boolean hold() throws IOException {
            int before = releases.get();
            held.incrementAndGet();
            try {
                while (releases.get() == before) {
                    if (!clientIsThere()) {
                        return false;
                    }
                }
                return true;
            } finally {
                held.decrementAndGet();
            }
        }

        /** Looks for the end of what the client sends, for a moment. */
        private boolean clientIsThere() throws IOException {
            socket.setSoTimeout(LOOK_MILLIS);
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
            if (!closed) {
                hungUp.add(request.path());
            }
            return false;
        }
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

    /** Answers every request in this way unless told otherwise. */
    public RawBackend(Answer always) throws IOException {
        this.always = always;
        listening = listen(0);
        port = listening.getLocalPort();
    }

    public URI url() {
        return URI.create("http://" + InetAddress.getLoopbackAddress().getHostAddress() + ":" + port);
    }

    /** From now on. */
    public void always(Answer answer) {
        always = answer;
    }

    /** For the next requests, one each. */
    public void next(Answer... answers) {
        next.addAll(List.of(answers));
    }

    /** Lets go on those that are held at this moment. */
    public void release() {
        releases.incrementAndGet();
    }

    /** How many requests are held. */
    public int held() {
        return held.get();
    }

    /** Refuses connections, as a machine on which the process is down; those that are open are reset. */
    public void refuse() throws IOException, InterruptedException {
        listening.close();
        // as long as a thread is about to take connections the system takes them
        accepting.join();
        for (Socket socket : connections) {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }

    /** Takes connections again after {@link #refuse}. */
    public void accept() throws IOException {
        listening = listen(port);
    }

    /** Forgets what was asked, and from now on only counts: for tests with very many requests. */
    public void onlyCount() {
        recording = false;
        requests.clear();
    }

    /** What was asked, in order of arrival. */
    public List<Request> requests() {
        return requests;
    }

    /** How many requests came. */
    public int answered() {
        return answered.get();
    }

    /** Paths of the requests whose clients closed the connection before they had an answer. */
    public List<String> hungUp() {
        return hungUp;
    }

    /** Connections taken since the start. */
    public int accepted() {
        return accepted.get();
    }

    /** Connections that neither side has closed. */
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

    private ServerSocket listen(int wanted) throws IOException {
        ServerSocket server = new ServerSocket();
        server.setReuseAddress(true);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), MOST_CONNECTIONS);
        accepting = thread("accepting", () -> takeFrom(server));
        return server;
    }

    private void takeFrom(ServerSocket server) {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                accepted.incrementAndGet();
                if (connections.size() >= MOST_CONNECTIONS) {
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

    private static Thread thread(String what, Runnable work) {
        Thread thread = new Thread(work, "raw-backend-" + what);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void serve(Socket socket) {
        try (socket) {
            Line line = new Line(socket);
            do {
                line.request = read(socket.getInputStream());
                if (line.request == null) {
                    return;
                }
                answered.incrementAndGet();
                if (recording) {
                    requests.add(line.request);
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

    /** The next request; {@code null} if the client has no more. */
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
                : new String(in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0"))), UTF_8);
        String first = lines.get(0);
        int method = first.indexOf(' ');
        return new Request(
                first.substring(0, method), first.substring(method + 1, first.lastIndexOf(' ')), headers, body);
    }

    private static String until(InputStream in, String end) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        int matched = 0;
        while (matched < end.length()) {
            int next = in.read();
            if (next < 0 || read.size() > LONGEST_HEAD) {
                return null;
            }
            read.write(next);
            matched = next == end.charAt(matched) ? matched + 1 : next == end.charAt(0) ? 1 : 0;
        }
        return read.toString(ISO_8859_1);
    }
}
