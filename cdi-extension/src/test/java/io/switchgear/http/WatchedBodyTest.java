package io.switchgear.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.junit.jupiter.api.Test;

/** A reader is told one thing at a time, and nothing after the end, whoever ends the body and when. */
class WatchedBodyTest {
    private final IOException cut = new IOException("cut");

    private final List<String> told = new ArrayList<>();
    private final Source source = new Source();
    private Runnable meanwhile = () -> {};
    private final Reader reader = new Reader();
    private final WatchedBody<String> body = new WatchedBody<>(reader, null);

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
            told.add("subscribed");
            meanwhile.run();
        }

        @Override
        public void onNext(List<ByteBuffer> item) {
            told.add("next");
            meanwhile.run();
            told.add("next done");
        }

        @Override
        public void onError(Throwable thrown) {
            told.add("error " + thrown.getMessage());
        }

        @Override
        public void onComplete() {
            told.add("complete");
        }
    }

    @Test
    void aWholeBodyIsPassedOn() {
        body.onSubscribe(source);
        reader.subscription.request(2);
        body.onNext(List.of());
        body.onComplete();
        assertThat(told).containsExactly("subscribed", "next", "next done", "complete");
        assertThat(source.requested).isEqualTo(2);
        assertThat(body.over()).isCompletedWithValue(null);
    }

    @Test
    void aBodyThatIsEndedWhileItsReaderIsBusyTellsTheReaderAfterwards() {
        body.onSubscribe(source);
        meanwhile = () -> body.abort(cut);
        body.onNext(List.of());
        assertThat(told).containsExactly("subscribed", "next", "next done", "error cut");
        assertThat(source.cancelled).isTrue();
        assertThat(body.over()).isCompletedExceptionally();
    }

    @Test
    void nothingIsToldAfterTheEnd() {
        body.onSubscribe(source);
        body.abort(cut);
        body.onNext(List.of());
        body.onError(new IOException("another"));
        body.onComplete();
        body.abort(new IOException("once more"));
        assertThat(told).containsExactly("subscribed", "error cut");
    }

    @Test
    void aBodyThatIsEndedBeforeItBeginsEndsWhenItBegins() {
        body.abort(cut);
        assertThat(told).isEmpty();
        body.onSubscribe(source);
        assertThat(told).containsExactly("subscribed", "error cut");
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
    void aSourceThatReportsItsOwnEndDoesNotHideWhoEndedIt() {
        source.reports = true;
        body.onSubscribe(source);
        body.abort(cut);
        assertThat(told).containsExactly("subscribed", "error cut");
    }

    @Test
    void aSourceThatReportsItsOwnEndIsNoFailureWhereTheReaderHadEnough() {
        source.reports = true;
        body.onSubscribe(source);
        reader.subscription.cancel();
        assertThat(body.over()).isCompletedWithValue(null);
    }

    @Test
    void itKnowsWhoWaitsForWhom() {
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
}
