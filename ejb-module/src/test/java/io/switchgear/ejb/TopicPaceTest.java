// SPDX-License-Identifier: Apache-2.0
package io.switchgear.ejb;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.message.RecordedLog;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.Message;
import jakarta.jms.Topic;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** How many messages lead to how many looks, in virtual time. */
class TopicPaceTest {
    // when messages arrive, in microseconds
    private final Deque<Long> arrivals = new ArrayDeque<>();
    // when looks begin, in milliseconds
    private final List<Long> looks = new ArrayList<>();
    private long lookMillis;
    private long awayAt = Long.MAX_VALUE;
    private long end = 20_000_000;
    private long micros;

    private final JMSConsumer consumer =
            TestTopic.proxy(JMSConsumer.class, (method, arguments) -> receive((long) arguments[0]));
    private final JMSContext context = TestTopic.proxy(JMSContext.class, (method, arguments) -> consumer);
    private final ConnectionFactory factory = TestTopic.proxy(ConnectionFactory.class, (method, arguments) -> context);
    private final Topic topic = TestTopic.proxy(Topic.class, (method, arguments) -> null);
    private final FleetTopic tested = new FleetTopic(
            TestTopic.NAMES,
            name -> name.equals(TestTopic.NAMES.topic()) ? topic : factory,
            "shop",
            this::look,
            Runnable::run,
            new TopicOutage("jms/topic", "jms/factory", Duration.ofSeconds(5), this::nanos),
            this::nanos);

    private long nanos() {
        return micros * 1_000;
    }

    private void look() {
        looks.add(micros / 1_000);
        micros += lookMillis * 1_000;
    }

    /** Takes 10 microseconds for a message that is there, and the whole time if there is none. */
    private Message receive(long millis) {
        if (!arrivals.isEmpty() && arrivals.peek() <= micros + millis * 1_000) {
            micros = Math.max(micros, arrivals.remove()) + 10;
            return TestTopic.proxy(Message.class, (method, arguments) -> {
                throw new UnsupportedOperationException(method.toString());
            });
        }
        micros += millis * 1_000;
        if (awayAt <= micros) {
            micros += 60_000_000;
            awayAt = Long.MAX_VALUE;
            tested.check();
        }
        if (micros >= end) {
            tested.close();
        }
        return null;
    }

    private List<Long> looksFor(LongStream millis) {
        millis.forEach(each -> arrivals.add(each * 1_000));
        tested.receive();
        return looks;
    }

    /** The shortest wait for a message is 20 ms. */
    private static void assertLooks(List<Long> looks, long... expected) {
        assertThat(looks).hasSize(expected.length);
        for (int i = 0; i < expected.length; i++) {
            assertThat(looks.get(i)).isBetween(expected[i], expected[i] + 20);
        }
    }

    @Test
    void aMessageIsALookAtOnce() {
        assertLooks(looksFor(LongStream.of(3_000)), 0, 3_000);
    }

    @Test
    void messagesWithinHalfASecondAreOneLookMore() {
        assertLooks(looksFor(LongStream.of(3_000, 3_010, 3_020, 3_490)), 0, 3_000, 3_500);
    }

    @Test
    void aFloodIsTwoLooksASecondAndTheLastMessageIsNotOverlooked() {
        assertThat(looksFor(LongStream.range(0, 100_000).map(each -> 1_000 + each / 10)))
                .hasSizeBetween(20, 22)
                .last()
                .matches(look -> look >= 10_999 && look <= 11_500);
        assertThat(arrivals).isEmpty();
    }

    @Test
    void messagesFasterThanTheyCanBeReceivedDoNotKeepTheNodeFromLooking() {
        assertThat(looksFor(LongStream.generate(() -> 1_000).limit(1_000_000))).hasSizeBetween(20, 22);
    }

    @Test
    void theDatabaseHasAPauseAfterALookThatTookLong() {
        lookMillis = 2_000;
        assertLooks(looksFor(LongStream.of(3_000, 3_001, 3_002)), 0, 3_000, 5_500);
    }

    @Test
    void aFactoryThatReconnectsByItselfIsNoticedAndFollowedByALook() {
        awayAt = 7_000_000;
        end = 100_000_000;
        try (RecordedLog log = new RecordedLog()) {
            assertThat(looksFor(LongStream.empty())).hasSize(2);
            assertThat(log.lines())
                    .hasSize(3)
                    .element(1)
                    .asString()
                    .contains("SGR0085", ": the broker has not answered for more than 5 s; ");
            assertThat(log.lines().get(2)).contains("SGR0086");
        }
    }

    @Test
    void aLookFollowsEachMessageWithinASecondWhateverComes() {
        for (int seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            List<Long> sent = random.longs(50, 1_000, 15_000).sorted().boxed().toList();
            TopicPaceTest run = new TopicPaceTest();
            run.lookMillis = random.nextInt(300);
            run.looksFor(sent.stream().mapToLong(each -> each));
            for (long each : sent) {
                assertThat(run.looks).as("seed %s", seed).anyMatch(look -> look >= each && look <= each + 1_000);
            }
            for (int i = 1; i < run.looks.size(); i++) {
                assertThat(run.looks.get(i) - run.looks.get(i - 1)).isGreaterThanOrEqualTo(500 + run.lookMillis);
            }
        }
    }
}
