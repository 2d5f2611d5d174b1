// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.switchgear.it.servers.Console.RemoteMBean;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.management.ObjectName;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The number of pages that the example sends events to, without streams of other tests that it still has to miss. */
@ArquillianTest
@Timeout(120)
class ShopStreamLimitIT {
    private static final int MAX_STREAMS = 100;

    @Deployment(testable = false)
    static WebArchive shop() {
        return Archives.shop();
    }

    private static void assertThatAThousandAreRefusedAndLeaveNothing() throws Exception {
        try (Console console = Console.connect()) {
            RemoteMBean system = console.breaker(new ObjectName(ManagementFactory.OPERATING_SYSTEM_MXBEAN_NAME));
            long before = (Long) system.get("OpenFileDescriptorCount");
            List<Socket> refused = new ArrayList<>();
            try {
                for (int number = 0; number < 1_000; number++) {
                    refused.add(ShopStream.request(1_024));
                    assertThat(ShopStream.statusLine(refused.get(number))).isEqualTo("HTTP/1.1 503 ");
                }
            } finally {
                for (Socket socket : refused) {
                    socket.close();
                }
            }
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> (Long) system.get("OpenFileDescriptorCount") < before + 100);
        }
    }

    private static void assertThatRequestsForTheHeadAloneTakeNone() {
        HttpRequest head = HttpRequest.newBuilder(Server.uri("shop/api/live"))
                .method("HEAD", BodyPublishers.noBody())
                .build();
        for (int number = 0; number <= MAX_STREAMS; number++) {
            HttpResponse<String> response = Server.send(head);
            assertThat(response.statusCode()).as("request %d", number).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type"))
                    .hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
        }
    }

    @Test
    void oneStreamTooManyIsRefusedWithASentence() throws Exception {
        assertThatRequestsForTheHeadAloneTakeNone();
        List<ShopStream> streams = new ArrayList<>();
        try {
            for (int number = 0; number < MAX_STREAMS; number++) {
                streams.add(new ShopStream());
                assertThat(streams.get(number).response().statusCode())
                        .as("stream %d", number)
                        .isEqualTo(200);
            }
            try (ShopStream tooMany = new ShopStream()) {
                assertThat(tooMany.response().statusCode()).isEqualTo(503);
                assertThat(tooMany.response().headers().firstValue("Retry-After"))
                        .contains("10");
                assertThat(tooMany.response().body().readAllBytes())
                        .asString(StandardCharsets.UTF_8)
                        .startsWith("{\"error\":\"all 100 streams of events are in use");
            }
            assertThatAThousandAreRefusedAndLeaveNothing();
            assertThat(Shop.status("breakers")).isEqualTo(200);
            streams.get(0).next();
            streams.get(MAX_STREAMS - 1).next();
        } finally {
            for (ShopStream stream : streams) {
                stream.close();
            }
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            try (ShopStream again = new ShopStream()) {
                return again.response().statusCode() == 200 && again.nextSecond() != null;
            }
        });
    }
}
