// SPDX-License-Identifier: Apache-2.0
package io.switchgear.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A backend on a free port of the loopback interface that speaks as much HTTP/2 as the tests need, without TLS, and
 * allows few streams on a connection.
 */
final class Http2Backend implements AutoCloseable {
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int PING = 6;
    private static final int GOAWAY = 7;
    private static final int END_STREAM = 1;
    private static final int ACK = 1;
    private static final int END_HEADERS = 4;
    private static final int REFUSED_STREAM = 7;
    // indexed field of the static table of HPACK: ":status: 200"
    private static final byte[] STATUS_200 = {(byte) 0x88};

    /** The reaction of the backend to a whole request. */
    interface Answer {
        void give(Stream stream) throws IOException;
    }

    private final int maxStreams;
    private final ServerSocket listening = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final List<Stream> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger mostInFlight = new AtomicInteger();
    private volatile Answer answer;

    Http2Backend(int maxStreams, Answer answer) throws IOException {
        this.maxStreams = maxStreams;
        this.answer = answer;
        thread(() -> {
            while (!listening.isClosed()) {
                Socket socket = listening.accept();
                sockets.add(socket);
                thread(() -> new Connection(socket).serve());
            }
        });
    }

    URI url() {
        return URI.create("http://" + listening.getInetAddress().getHostAddress() + ":" + listening.getLocalPort());
    }

    void answer(Answer next) {
        answer = next;
    }

    /** Returns the whole requests in order of arrival. */
    List<Stream> requests() {
        return requests;
    }

    int mostInFlight() {
        return mostInFlight.get();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void thread(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException over) {
                        // one side has closed the connection
                    }
                },
                "http2-backend");
        thread.setDaemon(true);
        thread.start();
    }

    /** One request, and the connection that it came on. */
    record Stream(Connection connection, int id) {
        void ok() throws IOException {
            connection.write(HEADERS, END_HEADERS, id, STATUS_200);
            connection.write(DATA, END_STREAM, id, "fine".getBytes(US_ASCII));
        }

        /** Returns the request unprocessed. */
        void refuse() throws IOException {
            connection.write(RST_STREAM, 0, id, ints(REFUSED_STREAM));
        }

        /** Sends a frame again and again until the client closes the connection. */
        void flood(int type, int flags, boolean ofConnection, byte[] payload) throws IOException {
            while (true) {
                connection.write(type, flags, ofConnection ? 0 : id, payload);
            }
        }

        /** Begins a response that does not end. */
        void begin() throws IOException {
            connection.write(HEADERS, END_HEADERS, id, STATUS_200);
        }

        /** Announces that no request after stream {@code last} is processed on this connection. */
        void goAway(int last) throws IOException {
            connection.write(GOAWAY, 0, 0, ints(last, 0));
        }
    }

    private static byte[] ints(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length);
        for (int value : values) {
            bytes.putInt(value);
        }
        return bytes.array();
    }

    private final class Connection {
        private final DataInputStream in;
        private final OutputStream out;

        Connection(Socket socket) throws IOException {
            in = new DataInputStream(socket.getInputStream());
            out = socket.getOutputStream();
        }

        void serve() throws IOException {
            skipPast("\r\n\r\n");
            out.write("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n"
                    .getBytes(US_ASCII));
            write(
                    SETTINGS,
                    0,
                    0,
                    ByteBuffer.allocate(6)
                            .putShort((short) 3)
                            .putInt(maxStreams)
                            .array());
            skipPast("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
            // the request that asked for the upgrade
            begin(1);
            while (true) {
                readFrame();
            }
        }

        private void readFrame() throws IOException {
            int length = (in.readUnsignedShort() << 8) | in.readUnsignedByte();
            int type = in.readUnsignedByte();
            int flags = in.readUnsignedByte();
            int stream = in.readInt();
            byte[] payload = in.readNBytes(length);
            if (type == SETTINGS && (flags & ACK) == 0) {
                write(SETTINGS, ACK, 0, new byte[0]);
            } else if (type == PING && (flags & ACK) == 0) {
                write(PING, ACK, 0, payload);
            } else if ((type == HEADERS || type == DATA) && (flags & END_STREAM) != 0) {
                begin(stream);
            }
        }

        private void begin(int id) {
            Stream stream = new Stream(this, id);
            requests.add(stream);
            mostInFlight.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
            thread(() -> {
                try {
                    answer.give(stream);
                } finally {
                    inFlight.decrementAndGet();
                }
            });
        }

        synchronized void write(int type, int flags, int stream, byte[] payload) throws IOException {
            out.write(ByteBuffer.allocate(9 + payload.length)
                    .putInt((payload.length << 8) | type)
                    .put((byte) flags)
                    .putInt(stream)
                    .put(payload)
                    .array());
        }

        private void skipPast(String end) throws IOException {
            int matched = 0;
            while (matched < end.length()) {
                int next = in.readUnsignedByte();
                matched = next == end.charAt(matched) ? matched + 1 : next == end.charAt(0) ? 1 : 0;
            }
        }
    }
}
