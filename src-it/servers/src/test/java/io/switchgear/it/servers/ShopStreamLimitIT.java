// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

    @Test
    void oneStreamTooManyIsRefusedWithASentence() throws Exception {
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
