package io.switchgear.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow.Subscription;
import org.junit.jupiter.api.Test;

/** A connection that is closed tells of that as of an error, at any moment. */
class ClosedConnectionTest {
    @Test
    void theReaderHearsWhyABodyWasEndedAndNotThatItsConnectionIsClosed() {
        IOException opened = new IOException("the breaker opened");
        BodySubscriber<String> reader = BodySubscribers.ofString(UTF_8);
        subscribed(reader).abort(opened);
        assertThat(reader.getBody().toCompletableFuture())
                .failsWithin(Duration.ZERO)
                .withThrowableOfType(ExecutionException.class)
                .withCause(opened);
    }

    @Test
    void aReaderThatHadEnoughIsNoFailureThoughItsConnectionIsClosed() throws Exception {
        BodySubscriber<InputStream> reader = BodySubscribers.ofInputStream();
        WatchedBody<InputStream> body = subscribed(reader);
        reader.getBody().toCompletableFuture().get().close();
        assertThat(body.over()).isCompletedWithValue(null);
    }

    private static <T> WatchedBody<T> subscribed(BodySubscriber<T> reader) {
        WatchedBody<T> body = new WatchedBody<>(reader, null);
        body.onSubscribe(new Subscription() {
            @Override
            public void request(long n) {}

            @Override
            public void cancel() {
                body.onError(new IOException("closed"));
            }
        });
        return body;
    }
}
