// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.wildfly;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A connection between two servers, which can be cut: a port that forwards to another one. */
final class Cable implements AutoCloseable {
    private final int port;
    private final int target;
    private final Set<Socket> ends = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private ServerSocket open;

    /** @param target a port of this machine */
    Cable(int target) throws IOException {
        this.target = target;
        open = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        port = open.getLocalPort();
        accept(open);
    }

    int port() {
        return port;
    }

    private void accept(ServerSocket server) {
        threads.execute(() -> {
            while (!server.isClosed()) {
                try {
                    Socket near = server.accept();
                    Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
                    ends.add(near);
                    ends.add(far);
                    threads.execute(() -> forward(near, far));
                    threads.execute(() -> forward(far, near));
                    if (server.isClosed()) {
                        cut(server);
                    }
                } catch (IOException cut) {
                    // or the target is away: the next connection may reach it
                }
            }
        });
    }

    private void forward(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException cut) {
            // both ends are closed
        } finally {
            ends.remove(from);
            ends.remove(to);
        }
    }

    /** Ends all connections, and refuses others. */
    void cut() {
        cut(open);
    }

    private void cut(ServerSocket server) {
        try {
            server.close();
            for (Socket end : ends) {
                end.close();
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    void mend() throws IOException {
        open = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        accept(open);
    }

    @Override
    public void close() {
        cut();
        threads.shutdownNow();
    }
}
