// SPDX-License-Identifier: Apache-2.0
package io.switchgear.jmx;

import io.switchgear.FailureRule;
import io.switchgear.breaker.Breaker;
import io.switchgear.breaker.Permit;
import io.switchgear.message.TransitionLog;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.store.SavedSettings;
import io.switchgear.time.TestTime;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import javax.management.Attribute;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.Notification;
import javax.management.ObjectName;

/** An application with breakers, and a console on it. */
final class TestConsole implements AutoCloseable {
    final MBeanServer server = MBeanServerFactory.newMBeanServer();
    final TestTime time = new TestTime();
    final Map<String, Breaker> breakers = new LinkedHashMap<>();
    final BreakerMBeans mbeans;

    TestConsole(boolean writable, SavedSettings saved, String... names) {
        this(writable, saved, Runnable::run, names);
    }

    /** @param threads deliver notifications */
    TestConsole(boolean writable, SavedSettings saved, Executor threads, String... names) {
        mbeans = new BreakerMBeans("shop", "", writable, saved, threads);
        for (String name : names) {
            BreakerSettings settings =
                    BreakerSettings.builder().failureThreshold(3).build();
            Breaker breaker = new Breaker(name, settings, FailureRule.ANY, time, time, new TransitionLog());
            saved.applyTo(breaker);
            add(breaker, Origin.CODE);
        }
        mbeans.open(server, "");
    }

    TestConsole(String... names) {
        this(true, SavedSettings.none(), names);
    }

    void add(Breaker breaker, Origin origin) {
        breakers.put(breaker.name(), breaker);
        breaker.listenFirst(mbeans.add(breaker, origin));
    }

    static ObjectName name(String breaker) {
        return objectName("io.switchgear:type=CircuitBreakers,application=shop"
                + (breaker.isEmpty() ? "" : ",name=" + ObjectName.quote(breaker)));
    }

    static ObjectName objectName(String text) {
        try {
            return new ObjectName(text);
        } catch (JMException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** @param breaker its name, or empty for the MBean of all breakers */
    Object get(String breaker, String attribute) throws JMException {
        return server.getAttribute(name(breaker), attribute);
    }

    void set(String breaker, String attribute, Object value) throws JMException {
        server.setAttribute(name(breaker), new Attribute(attribute, value));
    }

    Object invoke(String breaker, String operation, Object... parameters) throws JMException {
        String[] signature =
                Arrays.stream(parameters).map(any -> String.class.getName()).toArray(String[]::new);
        return server.invoke(name(breaker), operation, parameters, signature);
    }

    /** Returns a list that each notification from now on is added to. */
    List<Notification> subscribed(String breaker) throws JMException {
        List<Notification> received = new CopyOnWriteArrayList<>();
        server.addNotificationListener(name(breaker), (notice, none) -> received.add(notice), null, null);
        return received;
    }

    void fail(String breaker, int times) {
        for (int i = 0; i < times; i++) {
            Permit permit = breakers.get(breaker).acquire();
            permit.threw(new IOException("secret"), permit.start());
        }
    }

    @Override
    public void close() {
        mbeans.close();
    }
}
