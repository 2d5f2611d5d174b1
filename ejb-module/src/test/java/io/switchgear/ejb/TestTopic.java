// SPDX-License-Identifier: Apache-2.0
package io.switchgear.ejb;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.InvalidDestinationRuntimeException;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSProducer;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.Message;
import jakarta.jms.Topic;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;

/** A server with a broker that has one topic. It refuses each call that no test expects. */
final class TestTopic {
    static final FleetTopic.Names NAMES = new FleetTopic.Names("jms/topic", "jms/factory");

    private static final Pattern SELECTOR =
            Pattern.compile("switchgearApplication = '(.*)' AND switchgearSender <> '(.*)'");

    private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();
    private final Topic topic = proxy(Topic.class, (method, arguments) -> {
        throw new UnsupportedOperationException(method.toString());
    });
    private volatile String problem = "";
    private volatile String sendProblem = "";
    /** Whether the server has the topic. */
    volatile boolean isPresent = true;
    /** Called when a message is sent. */
    volatile Runnable sending = () -> {};

    /** Finds what is called by {@link #NAMES}. */
    Object lookup(String name) throws NamingException {
        if (isPresent && name.equals(NAMES.topic())) {
            return topic;
        }
        if (name.equals(NAMES.connectionFactory())) {
            return proxy(ConnectionFactory.class, (method, arguments) -> {
                connect();
                return new Context().asContext();
            });
        }
        throw new NameNotFoundException(name + " -- service jboss.naming.context is missing");
    }

    private void connect() {
        if (!problem.isEmpty()) {
            throw new JMSRuntimeException(problem);
        }
    }

    /** Ends all subscriptions, and refuses connections. */
    void fail(String sentence) {
        problem = sentence;
        subscriptions.forEach(Subscription::end);
        subscriptions.clear();
    }

    void refuseToSend(String sentence) {
        sendProblem = sentence;
    }

    void work() {
        problem = "";
        sendProblem = "";
    }

    /** Sends a message as a stranger may. */
    void send(String application, String sender) {
        Map<String, String> properties = new HashMap<>();
        properties.put(FleetTopic.APPLICATION, application);
        properties.put(FleetTopic.SENDER, sender);
        send(properties);
    }

    private void send(Map<String, String> properties) {
        subscriptions.stream().filter(each -> each.selects(properties)).forEach(each -> each.queue.add(MESSAGE));
    }

    // a message whose receiver must not read it
    private static final Message MESSAGE = message(Map.of());

    private static Message message(Map<String, String> properties) {
        return proxy(Message.class, (method, arguments) -> {
            if (method.getName().equals("setStringProperty")) {
                return properties.put((String) arguments[0], (String) arguments[1]);
            }
            throw new UnsupportedOperationException(method.toString());
        });
    }

    private final class Context {
        private final List<Subscription> own = new CopyOnWriteArrayList<>();
        private final Map<String, String> properties = new HashMap<>();

        JMSContext asContext() {
            return proxy(JMSContext.class, this::call);
        }

        private Object call(Method method, Object[] arguments) throws JMSException {
            switch (method.getName()) {
                case "createConsumer" -> {
                    connect();
                    Subscription created = new Subscription((String) arguments[1]);
                    own.add(created);
                    subscriptions.add(created);
                    return proxy(JMSConsumer.class, created::call);
                }
                case "createMessage" -> {
                    return message(properties);
                }
                case "createProducer" -> {
                    return producer();
                }
                case "close" -> {
                    own.forEach(Subscription::end);
                    subscriptions.removeAll(own);
                    return null;
                }
                default -> throw new UnsupportedOperationException(method.toString());
            }
        }

        private JMSProducer producer() {
            JMSProducer[] self = new JMSProducer[1];
            self[0] = proxy(JMSProducer.class, (method, arguments) -> {
                if (method.getName().equals("send")) {
                    if (!sendProblem.isEmpty()) {
                        throw new InvalidDestinationRuntimeException(sendProblem);
                    }
                    connect();
                    sending.run();
                    TestTopic.this.send(properties);
                }
                return self[0];
            });
            return self[0];
        }
    }

    /** A consumer, which can be received from as the real ones can. */
    private static final class Subscription {
        private final LinkedBlockingQueue<Object> queue = new LinkedBlockingQueue<>();
        private final Matcher selector;
        private volatile boolean isEnded;

        Subscription(String selector) {
            this.selector = SELECTOR.matcher(selector);
            if (!this.selector.matches()) {
                throw new IllegalArgumentException(selector);
            }
        }

        boolean selects(Map<String, String> properties) {
            return selector.group(1).replace("''", "'").equals(properties.get(FleetTopic.APPLICATION))
                    && !selector.group(2).equals(properties.get(FleetTopic.SENDER));
        }

        void end() {
            isEnded = true;
            queue.add(this);
        }

        private Object call(Method method, Object[] arguments) {
            if (!method.getName().equals("receive") || (long) arguments[0] <= 0) {
                throw new UnsupportedOperationException(method.toString());
            }
            try {
                Object received = isEnded ? null : queue.poll((long) arguments[0], TimeUnit.MILLISECONDS);
                // as a closed consumer does
                return received == this ? null : received;
            } catch (InterruptedException interrupted) {
                throw new JMSRuntimeException("interrupted");
            }
        }
    }

    interface Calls {
        Object call(Method method, Object[] arguments) throws Exception;
    }

    /** Returns an object of the interface {@code type}. */
    static <T> T proxy(Class<T> type, Calls calls) {
        InvocationHandler handler = (self, method, arguments) -> calls.call(method, arguments);
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
