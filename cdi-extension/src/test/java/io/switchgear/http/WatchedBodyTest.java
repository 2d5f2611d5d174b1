// SPDX-License-Identifier: Apache-2.0
package io.switchgear.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow.Subscription;
import org.junit.jupiter.api.Test;

/** A {@link WatchedBody} signals its reader one event at a time and none after the end, whatever ends it and when. */
class WatchedBodyTest {
    private final IOException cut = new IOException("cut");

    private final List<String> signals = new ArrayList<>();
    private final Source source = new Source();
    private Runnable meanwhile = () -> {};
    private final Reader reader = new Reader();
    private final WatchedBody<String> body = new WatchedBody<>(reader, null, new BodyLimit("pay", "GET", 200, 0));

    private final class Source implements Subscription {
        private long requested;
        private boolean cancelled;
        private boolean reports;

        @Override
        public void request(long n) {
            requested += n;
        }

        @Override
        public void cancel() {
            cancelled = true;
            if (reports) {
                body.onError(new IOException("closed"));
            }
        }
    }

    private final class Reader implements BodySubscriber<String> {
        private Subscription subscription;

        @Override
        public CompletionStage<String> getBody() {
            return CompletableFuture.completedFuture("unused");
        }

        @Override
        public void onSubscribe(Subscription given) {
            subscription = given;
            signals.add("subscribed");
            meanwhile.run();
        }

        @Override
        public void onNext(List<ByteBuffer> item) {
            signals.add("next");
            meanwhile.run();
            signals.add("next done");
        }

        @Override
        public void onError(Throwable thrown) {
            signals.add("error " + thrown.getMessage());
        }

        @Override
        public void onComplete() {
            signals.add("complete");
        }
    }

    @Test
    void aWholeBodyIsPassedOn() {
        body.onSubscribe(source);
        reader.subscription.request(2);
        body.onNext(List.of());
        body.onComplete();
        assertThat(signals).containsExactly("subscribed", "next", "next done", "complete");
        assertThat(source.requested).isEqualTo(2);
        assertThat(body.over()).isCompletedWithValue(null);
    }

    @Test
    void aBodyThatIsEndedWhileItsReaderIsBusyNotifiesTheReaderAfterwards() {
        body.onSubscribe(source);
        meanwhile = () -> body.abort(cut);
        body.onNext(List.of());
        assertThat(signals).containsExactly("subscribed", "next", "next done", "error cut");
        assertThat(source.cancelled).isTrue();
        assertThat(body.over()).isCompletedExceptionally();
    }

    @Test
    void nothingIsSignalledAfterTheEnd() {
        body.onSubscribe(source);
        body.abort(cut);
        body.onNext(List.of());
        body.onError(new IOException("another"));
        body.onComplete();
        body.abort(new IOException("once more"));
        assertThat(signals).containsExactly("subscribed", "error cut");
    }

    @Test
    void aBodyThatIsEndedBeforeItBeginsEndsWhenItBegins() {
        body.abort(cut);
        assertThat(signals).isEmpty();
        body.onSubscribe(source);
        assertThat(signals).containsExactly("subscribed", "error cut");
        assertThat(source.cancelled).isTrue();
    }

    @Test
    void aReaderThatHasEnoughEndsItWell() {
        body.onSubscribe(source);
        reader.subscription.cancel();
        assertThat(source.cancelled).isTrue();
        assertThat(body.over()).isCompletedWithValue(null);
    }

    @Test
    void aSourceThatReportsItsOwnEndDoesNotHideTheReason() {
        source.reports = true;
        body.onSubscribe(source);
        body.abort(cut);
        assertThat(signals).containsExactly("subscribed", "error cut");
    }

    @Test
    void aSourceThatReportsItsOwnEndIsNoFailureWhereTheReaderHadEnough() {
        source.reports = true;
        body.onSubscribe(source);
        reader.subscription.cancel();
        assertThat(body.over()).isCompletedWithValue(null);
    }

    @Test
    void aReaderThatHadNoChanceToRequestAnythingIsNotSlow() {
        meanwhile = () -> signals.add("waits " + body.waitsForReader());
        body.onSubscribe(source);
        assertThat(signals).containsExactly("subscribed", "waits false");
    }

    @Test
    void itKnowsWhetherItWaitsForItsReader() {
        assertThat(body.waitsForReader()).isFalse();
        body.onSubscribe(source);
        assertThat(body.waitsForReader()).isTrue();
        reader.subscription.request(1);
        assertThat(body.waitsForReader()).isFalse();
        body.onNext(List.of());
        assertThat(body.waitsForReader()).isTrue();
        reader.subscription.request(Long.MAX_VALUE);
        reader.subscription.request(Long.MAX_VALUE);
        body.onNext(List.of());
        assertThat(body.waitsForReader()).isFalse();
    }

    @Test
    void theReaderGetsTheReasonWhyABodyWasEndedAndNotThatItsConnectionIsClosed() {
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
        WatchedBody<T> body = new WatchedBody<>(reader, null, new BodyLimit("pay", "GET", 200, 0));
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
