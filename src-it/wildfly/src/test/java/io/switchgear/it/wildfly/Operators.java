// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.wildfly;

import io.switchgear.it.servers.Server;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** Operators who call the session bean of an application over HTTP, as users of the server. */
record Operators(String application) {
    /** Lets an application authenticate its callers; those who send no name are unknown. */
    static WebArchive addLogin(WebArchive war) {
        return war.addAsWebInfResource(new StringAsset("""
                        <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
                          <login-config>
                            <auth-method>BASIC</auth-method>
                            <realm-name>ApplicationRealm</realm-name>
                          </login-config>
                        </web-app>
                        """), "web.xml");
    }

    /**
     * Runs an operation and returns its result, or why it is refused.
     *
     * @param user also the password; empty for an unknown caller
     */
    String act(StartedServer server, String user, String operation, String name, Object value) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.uri(application + "/operations/" + operation
                + "?value=" + value + "&name=" + URLEncoder.encode(name, StandardCharsets.UTF_8)));
        if (!user.isEmpty()) {
            String credentials = user + ":" + user;
            request.header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
        }
        return Server.send(request.build()).body();
    }

    /** Runs two actions at the same moment, and returns both results. */
    static String[] atOnce(Callable<String> one, Callable<String> other) throws Exception {
        CyclicBarrier together = new CyclicBarrier(2);
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try {
            Future<String> first = pool.submit(() -> {
                together.await();
                return one.call();
            });
            Future<String> second = pool.submit(() -> {
                together.await();
                return other.call();
            });
            return new String[] {first.get(), second.get()};
        } finally {
            pool.shutdownNow();
        }
    }
}
