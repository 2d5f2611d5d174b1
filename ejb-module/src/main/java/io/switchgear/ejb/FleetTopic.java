// SPDX-License-Identifier: Apache-2.0
package io.switchgear.ejb;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Topic;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import javax.naming.NamingException;

/**
 * Wakes the other nodes of an application by messages on a topic, and takes a look at the database when another node
 * has sent one. A message has no content, and none is ever read: it only makes its receivers look early. All senders
 * together, strangers included, cause at most two looks a second on each node.
 *
 * <p>Messages are received on one managed thread, which waits in {@link JMSConsumer#receive(long)}. The other ways
 * fail: Jakarta Messaging forbids message listeners in web and EJB containers; a message-driven bean needs its
 * destination at deployment, so that a server without messaging refuses the application; and a timer that looks for
 * messages costs as much as one that looks at the database. Messages are sent by the server's executor, one at a time:
 * a broker that hangs holds one of its threads at most, and no transaction of a caller is there.
 *
 * <p>Some connection factories reconnect by themselves, and let their callers wait without end. {@link #check} reports
 * that, and a wait that was too long is followed by a look, since messages may have been missed.
 *
 * <p>Intentional: each sending creates a context and closes it. That of a server is pooled, and a container allows one
 * session per connection only.
 */
final class FleetTopic implements AutoCloseable {
    /** The property of a message that has the name of the application. */
    static final String APPLICATION = "switchgearApplication";
    /** The property of a message that has the random name of its sender. */
    static final String SENDER = "switchgearSender";
    /** The pause between two looks. */
    static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    /** The beginning of the name of the thread that receives; the name of the application follows. */
    static final String THREAD = "switchgear-fleet-topic-";

    private static final Duration MIN_RECEIVE = Duration.ofMillis(20);
    private static final Duration MAX_RECEIVE = Duration.ofSeconds(5);
    private static final Duration MAX_ANSWER = Duration.ofSeconds(5);
    private static final Duration LIFE_OF_A_MESSAGE = Duration.ofMinutes(1);
    private static final Duration MAX_STOP = Duration.ofSeconds(3);

    private static final String NO_ANSWER =
            "the broker has not answered for more than " + MAX_ANSWER.toSeconds() + " s";

    private final Names names;
    private final Jndi jndi;
    private final String application;
    private final Runnable look;
    private final Executor executor;
    private final LongSupplier nanos;
    private final String sender = UUID.randomUUID().toString();
    private final TopicOutage outage;
    private final RetryPause sending;
    private final AtomicInteger unsent = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile JMSContext subscription;
    private volatile boolean missed;
    // until when the broker has to answer; null while it has not to
    private volatile Long receivedBefore;
    private volatile Long sentBefore;
    private Thread receiver;

    /** The JNDI names of the topic and of its connection factory. */
    record Names(String topic, String connectionFactory) {}

    /** Finds what the server has by its JNDI name. */
    @FunctionalInterface
    interface Jndi {
        Object lookup(String name) throws NamingException;
    }

    /**
     * Creates a topic that receives and sends nothing before {@link #start}.
     *
     * @param look looks at the database; called on the thread that receives
     * @param executor sends messages
     */
    FleetTopic(
            Names names,
            Jndi jndi,
            String application,
            Runnable look,
            Executor executor,
            TopicOutage outage,
            LongSupplier nanos) {
        this.names = names;
        this.jndi = jndi;
        this.application = application;
        this.look = look;
        this.executor = executor;
        this.outage = outage;
        this.nanos = nanos;
        sending = new RetryPause(nanos);
    }

    /** Begins to receive, on a new thread. */
    void start(ThreadFactory threads) {
        receiver = threads.newThread(this::receive);
        receiver.setName(THREAD + application);
        receiver.start();
    }

    // ---- receiving

    /** Receives until {@link #close}, and subscribes again after each failure. */
    void receive() {
        RetryPause receiving = new RetryPause(nanos);
        try {
            do {
                subscribe(receiving);
            } while (!closed.await(receiving.failed().toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException stopped) {
            // by the server, which ends its threads
            Thread.currentThread().interrupt();
        }
    }

    private void subscribe(RetryPause receiving) {
        receivedBefore = nanos.getAsLong() + MAX_ANSWER.toNanos();
        try (JMSContext context = connectionFactory().createContext(JMSContext.AUTO_ACKNOWLEDGE)) {
            subscription = context;
            JMSConsumer consumer = context.createConsumer(topic(), selector());
            receivedBefore = null;
            receiving.worked();
            sending.worked();
            outage.received();
            receiveFrom(consumer);
        } catch (RuntimeException | Error failed) {
            if (isOpen()) {
                outage.notReceived(failed);
            }
        } finally {
            subscription = null;
            receivedBefore = null;
        }
    }

    private void receiveFrom(JMSConsumer consumer) {
        // a change may have been stored before this subscription began
        boolean due = true;
        long looked = nanos.getAsLong() - BETWEEN_LOOKS.toNanos();
        while (isOpen()) {
            if (missed && sending.isOver()) {
                wakeOthers();
            }
            Duration pause = BETWEEN_LOOKS.minusNanos(nanos.getAsLong() - looked);
            if (due && (pause.isNegative() || pause.isZero())) {
                due = false;
                look.run();
                looked = nanos.getAsLong();
            } else if (hasMessage(consumer, due ? pause : MAX_RECEIVE)) {
                due = true;
            }
        }
    }

    /**
     * Waits for a message, and returns whether one came or may have been missed.
     *
     * @throws IllegalStateException if it returns early without one, as consumers do whose connection is closed
     */
    private boolean hasMessage(JMSConsumer consumer, Duration time) {
        // 0 would be for ever, and clocks are coarse
        Duration wait = time.compareTo(MIN_RECEIVE) < 0 ? MIN_RECEIVE : time;
        long start = nanos.getAsLong();
        receivedBefore = start + wait.plus(MAX_ANSWER).toNanos();
        Message message = consumer.receive(wait.toMillis());
        boolean late = isOver(receivedBefore);
        receivedBefore = null;
        if (late && isOpen()) {
            outage.received();
        }
        if (message == null && isOpen() && nanos.getAsLong() - start < wait.toNanos() / 2) {
            throw new IllegalStateException("the subscription has ended");
        }
        return message != null || late;
    }

    /** Returns what the broker selects: messages of the other nodes of this application. */
    private String selector() {
        return APPLICATION + " = '" + application.replace("'", "''") + "' AND " + SENDER + " <> '" + sender + "'";
    }

    // ---- sending

    /** Wakes the other nodes soon. Never blocks, and never throws. */
    void wakeOthers() {
        if (unsent.getAndIncrement() == 0) {
            sendSoon();
        }
    }

    private void sendSoon() {
        try {
            executor.execute(() -> {
                int covered = unsent.get();
                try {
                    send();
                } finally {
                    if (unsent.addAndGet(-covered) > 0) {
                        sendSoon();
                    }
                }
            });
        } catch (RuntimeException full) {
            // or the server is stopping; otherwise the thread that receives tries again
            unsent.set(0);
            missed = true;
        }
    }

    /** Sends a message. Soon after a failure it only remembers that; the thread that receives tries again. */
    private void send() {
        if (!isOpen()) {
            return;
        }
        missed = !sending.isOver();
        if (missed) {
            return;
        }
        sentBefore = nanos.getAsLong() + MAX_ANSWER.toNanos();
        try (JMSContext context = connectionFactory().createContext(JMSContext.AUTO_ACKNOWLEDGE)) {
            Message message = context.createMessage();
            message.setStringProperty(APPLICATION, application);
            message.setStringProperty(SENDER, sender);
            context.createProducer()
                    .setDeliveryMode(DeliveryMode.NON_PERSISTENT)
                    .setTimeToLive(LIFE_OF_A_MESSAGE.toMillis())
                    .send(topic(), message);
            sending.worked();
            outage.sent();
        } catch (JMSException | RuntimeException | Error failed) {
            missed = true;
            sending.failed();
            if (isOpen()) {
                outage.notSent(failed);
            }
        } finally {
            sentBefore = null;
        }
    }

    // ---- a broker that does not answer

    /** Reports a broker that does not answer. Called from time to time. */
    void check() {
        if (isOver(receivedBefore)) {
            outage.notReceived(new IllegalStateException(NO_ANSWER));
        }
        if (isOver(sentBefore)) {
            outage.notSent(new IllegalStateException(NO_ANSWER));
        }
    }

    private boolean isOver(Long deadline) {
        return deadline != null && nanos.getAsLong() - deadline >= 0;
    }

    // ---- what the server has

    private ConnectionFactory connectionFactory() {
        return found(names.connectionFactory(), ConnectionFactory.class, "switchgear.fleet.connection-factory");
    }

    private Topic topic() {
        return found(names.topic(), Topic.class, "switchgear.fleet.topic");
    }

    private <T> T found(String name, Class<T> type, String key) {
        String problem;
        try {
            Object found = jndi.lookup(name);
            if (type.isInstance(found)) {
                return type.cast(found);
            }
            problem = name + " is no " + type.getName() + " but " + (found == null ? null : found.getClass());
        } catch (NamingException absent) {
            problem = "the server has no " + name + " (" + absent + ")";
        }
        throw new IllegalStateException(problem + "; create it in the server, or set " + key
                + " to the JNDI name of one, or remove switchgear.fleet.topic");
    }

    // ---- the end

    private boolean isOpen() {
        return closed.getCount() > 0;
    }

    /** Ends the thread that receives, and waits for that, a few seconds at most. */
    @Override
    public void close() {
        closed.countDown();
        JMSContext context = subscription;
        if (context != null) {
            try {
                // on another thread, as a broker that hangs delays it
                executor.execute(context::close);
            } catch (RuntimeException full) {
                // or the server is stopping; the wait for a message ends by itself
            }
        }
        try {
            if (receiver != null) {
                receiver.join(MAX_STOP.toMillis());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
