// SPDX-License-Identifier: Apache-2.0
package io.switchgear.example;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.core.GenericType;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseBroadcaster;
import jakarta.ws.rs.sse.SseEventSink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LiveStreamTest {
    private final Page page = new Page();
    private final LiveStream stream = new LiveStream(page, new Events(), Runnable::run);

    /** A page that reads a message when its test says so. */
    private static final class Page implements SseEventSink {
        private final List<String> messages = new ArrayList<>();
        private CompletableFuture<Object> reading = CompletableFuture.completedFuture(null);
        private boolean refusing;
        private boolean closed;

        @Override
        public boolean isClosed() {
            return closed;
        }

        @Override
        public CompletionStage<?> send(OutboundSseEvent event) {
            assertThat(closed).isFalse();
            if (refusing) {
                throw new IllegalStateException("closed meanwhile");
            }
            messages.add((String) event.getData());
            return reading;
        }

        @Override
        public void close() {
            assertThat(reading).as("servers wait for the page here").isDone();
            closed = true;
        }
    }

    /** An event of nothing but data. */
    private record Event(String data) implements OutboundSseEvent {
        @Override
        public Class<?> getType() {
            return String.class;
        }

        @Override
        public java.lang.reflect.Type getGenericType() {
            return String.class;
        }

        @Override
        public MediaType getMediaType() {
            return MediaType.TEXT_PLAIN_TYPE;
        }

        @Override
        public Object getData() {
            return data;
        }

        @Override
        public String getId() {
            return null;
        }

        @Override
        public String getName() {
            return null;
        }

        @Override
        public String getComment() {
            return null;
        }

        @Override
        public long getReconnectDelay() {
            return RECONNECT_NOT_SET;
        }

        @Override
        public boolean isReconnectDelaySet() {
            return false;
        }
    }

    private static final class Events implements Sse {
        @Override
        public OutboundSseEvent.Builder newEventBuilder() {
            return new Builder();
        }

        @Override
        public SseBroadcaster newBroadcaster() {
            throw new UnsupportedOperationException();
        }
    }

    private static final class Builder implements OutboundSseEvent.Builder {
        private String text;

        @Override
        public OutboundSseEvent.Builder id(String id) {
            return this;
        }

        @Override
        public OutboundSseEvent.Builder name(String name) {
            return this;
        }

        @Override
        public OutboundSseEvent.Builder reconnectDelay(long milliseconds) {
            return this;
        }

        @Override
        public OutboundSseEvent.Builder mediaType(MediaType mediaType) {
            return this;
        }

        @Override
        public OutboundSseEvent.Builder comment(String comment) {
            return this;
        }

        @Override
        @SuppressWarnings("rawtypes") // as in the API
        public OutboundSseEvent.Builder data(Class type, Object data) {
            return data(data);
        }

        @Override
        @SuppressWarnings("rawtypes") // as in the API
        public OutboundSseEvent.Builder data(GenericType type, Object data) {
            return data(data);
        }

        @Override
        public OutboundSseEvent.Builder data(Object data) {
            text = (String) data;
            return this;
        }

        @Override
        public OutboundSseEvent build() {
            return new Event(text);
        }
    }

    @Test
    void messagesArriveInOrderAndOneAtATime() {
        page.reading = new CompletableFuture<>();
        IntStream.range(0, 5)
                .forEach(number -> assertThat(stream.send("m" + number)).isTrue());
        assertThat(page.messages).containsExactly("m0");

        CompletableFuture<Object> first = page.reading;
        page.reading = CompletableFuture.completedFuture(null);
        first.complete(null);

        assertThat(page.messages).containsExactly("m0", "m1", "m2", "m3", "m4");
    }

    @Test
    void aPageThatStopsReadingIsDroppedAfterElevenMessages() {
        page.reading = new CompletableFuture<>();
        long accepted = IntStream.range(0, 100)
                .filter(number -> stream.send("m" + number))
                .count();
        assertThat(accepted).isEqualTo(11);
        page.reading.complete(null);
        assertThat(page.closed).isTrue();
        assertThat(page.messages).containsExactly("m0");
    }

    @Test
    void aServerThatStopsDoesNotWaitForAPageThatDoesNotRead() {
        page.reading = new CompletableFuture<>();
        stream.send("m0");
        stream.send("m1");
        stream.end();
        assertThat(page.closed).isFalse();
        page.reading.completeExceptionally(new IOException("broken pipe"));
        assertThat(page.closed).isTrue();
        assertThat(page.messages).containsExactly("m0");
    }

    @Test
    void aPageThatIsGoneEndsTheStream() {
        page.reading = CompletableFuture.failedFuture(new IOException("broken pipe"));
        stream.send("m0");
        assertThat(page.closed).isTrue();
        assertThat(stream.send("m1")).isFalse();
        assertThat(page.messages).containsExactly("m0");
    }

    @Test
    void aMessageThatTheServerRefusesEndsTheStream() {
        page.refusing = true;
        stream.send("m0");
        assertThat(page.closed).isTrue();
        assertThat(stream.send("m1")).isFalse();
    }

    @Test
    void aStreamThatHasEndedSendsNothing() {
        stream.end();
        assertThat(page.closed).isTrue();
        assertThat(stream.send("m0")).isFalse();
        assertThat(page.messages).isEmpty();
    }

    @Test
    void aServerThatStopsEndsTheStream() {
        LiveStream stopped = new LiveStream(page, new Events(), task -> {
            throw new RejectedExecutionException();
        });
        assertThat(stopped.send("m0")).isFalse();
        assertThat(page.closed).isTrue();
    }
}
