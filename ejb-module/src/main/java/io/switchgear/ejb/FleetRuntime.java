// SPDX-License-Identifier: Apache-2.0
package io.switchgear.ejb;

import io.switchgear.CircuitBreaker;
import io.switchgear.CircuitBreakers;
import io.switchgear.ejb.database.JdbcFleetStore;
import io.switchgear.ejb.fleet.FleetIdentity;
import io.switchgear.ejb.fleet.FleetNode;
import io.switchgear.ejb.fleet.FleetSignals;
import io.switchgear.ejb.fleet.FleetStore;
import io.switchgear.managed.ManagedApplication;
import io.switchgear.managed.ManagementSettings;
import io.switchgear.status.BreakerMode;
import io.switchgear.status.CircuitState;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.Timeout;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ContextService;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.inject.Inject;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/**
 * Makes this server a node of the fleet: loads what is stored before the first call, then takes a step every few
 * seconds, and soon after each change. Works outside any transaction of a caller.
 */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class FleetRuntime {
    private static final Duration MIN_LIVE_PERIOD = Duration.ofSeconds(15);
    private static final long MAX_START_SECONDS = 5;

    private final AtomicBoolean requested = new AtomicBoolean();
    private final AtomicBoolean looking = new AtomicBoolean();
    private final FleetProblems problems = new FleetProblems();

    @Inject
    private ManagedApplication application;

    @Inject
    private CircuitBreakers breakers;

    @Resource
    private TimerService timers;

    @Resource
    private ManagedExecutorService executor;

    @Resource
    private ContextService contexts;

    @Resource
    private ManagedThreadFactory threads;

    // runs tasks on a thread of the executor, as the application
    private Executor soon;
    private FleetStore store;
    private boolean reported;
    private volatile FleetNode node;
    private volatile FleetTopic topic;
    private volatile TopicOutage topicOutage;
    private volatile long read;
    private volatile Cleaning cleaning;

    @PostConstruct
    void start() {
        ManagementSettings settings = application.settings();
        if (settings.dataSource()
                .filter(ManagementSettings.NO_DATA_SOURCE::equals)
                .isPresent()) {
            FleetMessage.NO_DATABASE.log("switchgear.datasource is " + ManagementSettings.NO_DATA_SOURCE);
            return;
        }
        soon = asApplication();
        begin(settings);
        // a data source that is configured may be there later than the application
        if (node != null || settings.dataSource().isPresent()) {
            long millis = settings.poll().toMillis();
            timers.createIntervalTimer(millis, millis, new TimerConfig(null, false));
        }
    }

    /** A task takes over the context of its submitter, which is none where a console has made a change. */
    private Executor asApplication() {
        Executor here = contexts.createContextualProxy(Runnable::run, Executor.class);
        return task -> executor.execute(() -> here.execute(task));
    }

    /** Makes this server a node, if there is a data source. The application runs whatever happens here. */
    private void begin(ManagementSettings settings) {
        try {
            Optional<ServerResources.Named> database = ServerResources.dataSource(settings, !reported);
            reported = true;
            if (database.isPresent()) {
                join(settings, database.get());
            }
        } catch (RuntimeException failed) {
            FleetMessage.STEP_FAILED.log(failed, settings.poll().toSeconds() + " s");
        }
    }

    private void join(ManagementSettings settings, ServerResources.Named database) {
        Duration live = settings.poll().multipliedBy(3);
        FleetIdentity identity = new FleetIdentity(
                application.name(),
                ServerResources.node(settings),
                settings.forFleet(),
                live.compareTo(MIN_LIVE_PERIOD) < 0 ? MIN_LIVE_PERIOD : live,
                Optional.ofNullable(getClass().getPackage().getImplementationVersion())
                        .orElse(""));
        store = new JdbcFleetStore(database.source(), database.name());
        FleetNode joined = new FleetNode(identity, store, problems, new Signals(), this::states);
        try {
            application.keepIn(joined);
        } catch (IllegalStateException keptElsewhere) {
            FleetMessage.KEPT_ELSEWHERE.log(keptElsewhere.getMessage());
            return;
        }
        firstStep(joined);
        // before it is notified of breakers, to which it applies modes at once
        application.listen(joined::changed, joined::changed);
        application.listen(joined);
        cleaning = new Cleaning(System::nanoTime);
        node = joined;
        if (joined.state().loaded()) {
            step();
        }
        application.register(new StoredFleet(identity, store, joined, problems, this::messages));
        FleetMessage.JOINED.log("this server", identity.node(), identity.application(), store.description());
        settings.topic().ifPresent(name -> receive(name, settings));
    }

    /** Begins to receive messages. A server may have no classes of Jakarta Messaging, and is a node without them. */
    private void receive(String name, ManagementSettings settings) {
        TopicOutage outage = new TopicOutage(name, settings.connectionFactory(), settings.poll(), System::nanoTime);
        topicOutage = outage;
        try {
            FleetTopic started = new FleetTopic(
                    new FleetTopic.Names(name, settings.connectionFactory()),
                    ServerResources::lookup,
                    application.name(),
                    this::step,
                    soon,
                    outage,
                    System::nanoTime);
            started.start(threads);
            topic = started;
        } catch (LinkageError | RuntimeException absent) {
            outage.notReceived(absent);
        }
    }

    private void checkTopic() {
        if (topic != null) {
            topic.check();
        }
    }

    private String messages() {
        checkTopic();
        return topicOutage == null ? "off" : topicOutage.status();
    }

    /** Loads what is stored. A database that hangs delays the application no longer than a few seconds. */
    private void firstStep(FleetNode joined) {
        try {
            executor.submit(joined::step).get(MAX_START_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException hanging) {
            FleetMessage.STORE_AWAY.log(store.description() + " has not answered for " + MAX_START_SECONDS
                    + " s; the application starts on its configuration, and loads what is stored when it answers");
        } catch (ExecutionException failed) {
            FleetMessage.STEP_FAILED.log(
                    failed.getCause(), application.settings().poll().toSeconds() + " s");
        } catch (RejectedExecutionException full) {
            joined.step();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Looks at the store on another thread: a look may take longer than the interval, and servers warn of a timer that
     * is still busy when it is due again.
     */
    @Timeout
    void tick() {
        if (looking.compareAndSet(false, true)) {
            try {
                soon.execute(this::look);
            } catch (RuntimeException full) {
                look();
            }
        }
    }

    private void look() {
        try {
            poll();
        } finally {
            looking.set(false);
        }
    }

    /** Takes a step, and cleans the store once a day. */
    private void poll() {
        if (node == null) {
            begin(application.settings());
            return;
        }
        step();
        checkTopic();
        if (cleaning.isDue(!node.state().problem().isEmpty())) {
            try {
                store.clean(application.name(), application.settings().keepLogDays());
            } catch (UncheckedIOException away) {
                FleetMessage.NOT_CLEANED.log(away.getMessage());
            }
        }
    }

    private void step() {
        try {
            node.step();
            long version = node.state().version();
            if (version != read) {
                // so that the MBeans say what is saved; the node has applied it
                application.reread();
                read = version;
            }
        } catch (RuntimeException failed) {
            FleetMessage.STEP_FAILED.log(failed, application.settings().poll().toSeconds() + " s");
        }
    }

    private String states() {
        return breakers.all().stream()
                .map(CircuitBreaker::snapshot)
                .filter(breaker -> breaker.state() != CircuitState.CLOSED || breaker.mode() != BreakerMode.AUTOMATIC)
                .map(breaker -> breaker.name() + " " + breaker.state()
                        + (breaker.mode() == BreakerMode.AUTOMATIC ? "" : " (" + breaker.mode() + ")"))
                .collect(Collectors.joining("\n"));
    }

    @PreDestroy
    void stop() {
        if (topic != null) {
            topic.close();
        }
        if (node != null) {
            node.close();
        }
    }

    private final class Signals implements FleetSignals {
        @Override
        public void stepSoon() {
            if (node != null && requested.compareAndSet(false, true)) {
                try {
                    soon.execute(() -> {
                        requested.set(false);
                        step();
                    });
                } catch (RuntimeException full) {
                    // or the server is stopping; otherwise the timer takes the step
                    requested.set(false);
                }
            }
        }

        @Override
        public void written(long version) {
            // the store is read again; without messages, the other nodes look every few seconds
            stepSoon();
            if (topic != null) {
                topic.wakeOthers();
            }
        }
    }
}
