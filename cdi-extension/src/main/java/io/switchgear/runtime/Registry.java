package io.switchgear.runtime;

import io.switchgear.CircuitBreaker;
import io.switchgear.CircuitBreakers;
import io.switchgear.FailureRule;
import io.switchgear.Guard;
import io.switchgear.HttpService;
import io.switchgear.KeyedBreakers;
import io.switchgear.Layer;
import io.switchgear.breaker.Breaker;
import io.switchgear.breaker.Ticker;
import io.switchgear.config.Configuration;
import io.switchgear.guard.ReplaceableScheduler;
import io.switchgear.guard.Retry;
import io.switchgear.http.PolicySource;
import io.switchgear.jmx.BreakerMBeans;
import io.switchgear.jmx.Origin;
import io.switchgear.message.TransitionLog;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.RetrySettings;
import io.switchgear.settings.ServiceSettings;
import io.switchgear.settings.Tunable;
import io.switchgear.settings.TunableKind;
import io.switchgear.settings.TunableListener;
import io.switchgear.settings.TunableSettings;
import io.switchgear.status.BreakerAttention;
import io.switchgear.status.CircuitTransition;
import io.switchgear.status.SettingsChange;
import io.switchgear.status.StatusReport;
import io.switchgear.store.SavedSettings;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The breakers of an application and what stands around them. What is new gets its saved settings and its MBean. */
public final class Registry implements CircuitBreakers, PolicySource {
    private static final String CODE = "code";

    /** Uses what was made by itself. */
    private static final Object MAKER = new Object();

    /** Uses what is asked for by its name alone, and never gives it back. */
    private static final Object BY_NAME = new Object() {
        @Override
        public String toString() {
            return "a service or an injection point of its name";
        }
    };

    private final Map<String, NamedEntry<Breaker>> breakers = new ConcurrentSkipListMap<>();
    private final Map<String, NamedEntry<Retry>> retries = new ConcurrentHashMap<>();
    private final Map<String, KeyedBreakerPool> keyed = new ConcurrentHashMap<>();
    private final List<Layer<?>> layers = new CopyOnWriteArrayList<>();
    private final Configuration configuration;
    private final SavedSettings saved;
    private final BreakerMBeans mbeans;
    private final ReplaceableScheduler delay = new ReplaceableScheduler();
    private final ApplicationEvents news;

    Registry(Configuration configuration, SavedSettings saved, BreakerMBeans mbeans) {
        this.configuration = configuration;
        this.saved = saved;
        this.mbeans = mbeans;
        this.news = new ApplicationEvents(configuration.attentionLimits(), breakers::containsKey);
    }

    // ---- for those who find definitions

    /** The breaker of this definition, made if it is the first of its name. */
    public Breaker breaker(Definition<BreakerSettings> definition, String method) {
        return sharedBreaker(definition, method);
    }

    private Breaker sharedBreaker(Definition<BreakerSettings> definition, Object user) {
        return shared(
                breakers,
                definition,
                user,
                each -> new Breaker(each.name(), each.settings(), each.rule(), new TransitionLog()),
                this::addBreaker);
    }

    private void addBreaker(Breaker breaker, Origin origin) {
        news.of(breaker);
        mbeans.add(breaker, origin);
    }

    /** The retries of this definition, made if they are the first of their name. */
    public Retry retry(Definition<RetrySettings> definition, String method) {
        return sharedRetry(definition, method);
    }

    private Retry sharedRetry(Definition<RetrySettings> definition, Object user) {
        return shared(
                retries,
                definition,
                user,
                each -> new Retry(each.name(), each.settings(), each.rule()),
                this::addLayer);
    }

    private interface Appearance<T> {
        void add(T made, Origin origin);
    }

    /**
     * Does something while nobody else changes what there is. Followers are told of it later, when this thread has left
     * all such calls, as what they do may take its time or lead back here.
     */
    <T> T alone(Supplier<T> action) {
        try {
            synchronized (this) {
                return action.get();
            }
        } finally {
            if (!Thread.holdsLock(this)) {
                news.tell();
            }
        }
    }

    private <S extends TunableSettings<S>, T extends Tunable<S>> T shared(
            Map<String, NamedEntry<T>> all,
            Definition<S> definition,
            Object user,
            Function<Definition<S>, T> making,
            Appearance<T> appearance) {
        return alone(() -> {
            NamedEntry<T> present = all.get(definition.name());
            if (present == null) {
                present = new NamedEntry<>(making.apply(definition), definition);
                all.put(definition.name(), present);
                saved.applyTo(present.made());
                appearance.add(present.made(), new Origin(present::methods, definition.configured()));
                news.added(present.made());
            }
            if (!present.definition().agreesWith(definition)) {
                throw new IllegalArgumentException(definition.disagreement(present.definition()));
            }
            return present.madeFor(user);
        });
    }

    private void addLayer(Layer<?> layer, Origin origin) {
        layers.add(layer);
        news.of(layer);
        mbeans.add(layer, origin);
    }

    /** Adds a layer that is not shared. */
    public <S extends TunableSettings<S>> void add(Layer<S> layer, Origin origin) {
        alone(() -> {
            saved.applyTo(layer);
            addLayer(layer, origin);
            news.added(layer);
            return layer;
        });
    }

    /** Tells {@code follower} of what there is, and from now on of what comes and goes. */
    public void follow(TunableListener follower) {
        alone(() -> {
            news.follow(follower, tunables());
            return follower;
        });
    }

    /** Followers take back what they have of this. */
    void close() {
        news.close();
    }

    /** Hears of changes of the settings of whatever stands around a breaker; of each layer's once and in order. */
    public void listenToLayers(Consumer<? super SettingsChange> listener) {
        news.changes().add(listener);
    }

    /** What is configured for something, over what code says; see {@link Configuration#settings}. */
    public <S extends TunableSettings<S>> Definition<S> definition(
            String name, S settings, FailureRule rule, String site) {
        return definition(List.of(name), settings, rule, site);
    }

    /** @param names the last is its own; what is configured for those before it holds for several, and is weaker */
    private <S extends TunableSettings<S>> Definition<S> definition(
            List<String> names, S settings, FailureRule rule, String site) {
        return new Definition<>(
                names.get(names.size() - 1),
                configuration.settings(names, settings),
                rule,
                configuration.origins(settings.kind(), names),
                site,
                settings.kind() == TunableKind.BREAKER && configuration.critical(names));
    }

    /** What waits until retries are due. */
    public ReplaceableScheduler delay() {
        return delay;
    }

    /** Whether there is a breaker of this name that the application cannot do without, as configured. */
    public boolean isCritical(String name) {
        NamedEntry<Breaker> present = breakers.get(name);
        return present != null && present.definition().critical();
    }

    // ---- for what is made in code

    /**
     * What code asks for, with what is configured for it.
     *
     * @param names as for {@link #definition}
     * @throws IllegalArgumentException if that cannot be used, or is not what there is of this name
     */
    <S extends TunableSettings<S>> Definition<S> inCode(List<String> names, S settings, FailureRule rule) {
        Definition<S> definition = definition(names, settings, rule, CODE);
        NamedEntry<?> present = switch (settings.kind()) {
            case BREAKER -> breakers.get(definition.name());
            case RETRY -> retries.get(definition.name());
            case FALLBACK, SERVICE -> null;
        };
        if (present != null && !present.definition().agreesWith(definition)) {
            throw new IllegalArgumentException(definition.disagreement(present.definition()));
        }
        if (settings.kind() == TunableKind.FALLBACK && hasFallback(definition.name())) {
            throw new IllegalArgumentException("name \"" + definition.name()
                    + "\" is that of a fallback already; choose another name, or close the guard that has it");
        }
        return definition;
    }

    private boolean hasFallback(String name) {
        return layers.stream()
                .anyMatch(layer -> layer.configuredSettings().kind() == TunableKind.FALLBACK
                        && layer.name().equals(name));
    }

    /** A breaker that {@code user} has until it {@linkplain #release releases} it. */
    Breaker breakerFor(Definition<BreakerSettings> definition, Object user) {
        return sharedBreaker(definition, user);
    }

    /**
     * Likewise, of a definition that is still to be found.
     *
     * @throws IllegalArgumentException as {@link #inCode} does
     */
    Breaker breakerFor(List<String> names, BreakerSettings settings, FailureRule rule, Object user) {
        return alone(() -> sharedBreaker(inCode(names, settings, rule), user));
    }

    /** Retries, likewise. */
    Retry retryFor(Definition<RetrySettings> definition, Object user) {
        return sharedRetry(definition, user);
    }

    /** Whatever {@code user} has of this name goes, unless somebody else uses it. */
    void release(String name, Object user) {
        alone(() -> {
            release(breakers, name, user);
            release(retries, name, user);
            return name;
        });
    }

    /** Answers whether it went. */
    private <T extends Tunable<?>> boolean release(Map<String, NamedEntry<T>> all, String name, Object user) {
        NamedEntry<T> present = all.get(name);
        boolean unused = present != null
                && present.users().remove(user)
                && present.users().isEmpty();
        if (unused) {
            all.remove(name);
            removed(present.made());
        }
        return unused;
    }

    /** A layer that is not shared goes. */
    void remove(Layer<?> layer) {
        alone(() -> removed(layer));
    }

    private Tunable<?> removed(Tunable<?> tunable) {
        layers.remove(tunable);
        saved.removed(tunable);
        mbeans.remove(tunable);
        news.removed(tunable);
        return tunable;
    }

    void closed(KeyedBreakerPool breakers) {
        keyed.remove(breakers.name(), breakers);
    }

    /** All that can be tuned. */
    List<Tunable<?>> tunables() {
        List<Tunable<?>> tunables = new ArrayList<>(all());
        tunables.addAll(layers);
        return tunables;
    }

    // ---- for services

    /** The breaker of this name, made with the default settings if there is none. */
    @Override
    public Breaker breaker(String name) {
        return alone(() -> {
            NamedEntry<Breaker> present = breakers.get(name);
            return present == null
                    ? made(name, BreakerSettings.defaults(), FailureRule.ANY, BY_NAME)
                    : present.madeFor(BY_NAME);
        });
    }

    /** Retries, likewise. */
    @Override
    public Retry retry(String name) {
        return alone(() -> {
            NamedEntry<Retry> present = retries.get(name);
            return present == null
                    ? retryFor(inCode(List.of(name), RetrySettings.defaults(), FailureRule.ANY), BY_NAME)
                    : present.madeFor(BY_NAME);
        });
    }

    @Override
    public ServiceSettings settings(String name, ServiceSettings given) {
        return configuration.settings(name, given);
    }

    @Override
    public void made(HttpService service) {
        add(service, new Origin(List::of, configuration.origins(TunableKind.SERVICE, service.name())));
    }

    // ---- for applications

    @Override
    public List<CircuitBreaker> all() {
        return breakers.values().stream().<CircuitBreaker>map(NamedEntry::made).toList();
    }

    @Override
    public Optional<CircuitBreaker> find(String name) {
        return Optional.ofNullable(breakers.get(name)).map(NamedEntry::made);
    }

    @Override
    public CircuitBreaker get(String name) {
        return find(name)
                .orElseThrow(() -> new NoSuchElementException("there is no breaker \"" + name + "\"; there are "
                        + (breakers.isEmpty()
                                ? "none"
                                : breakers.keySet().stream().limit(20).collect(Collectors.joining("\", \"", "\"", "\""))
                                        + (breakers.size() > 20 ? " and others" : ""))));
    }

    @Override
    public Runnable listen(Consumer<? super CircuitTransition> listener) {
        return news.transitions().add(listener);
    }

    @Override
    public Runnable listenForAttention(Consumer<? super BreakerAttention> listener) {
        return news.attention().listeners().add(listener);
    }

    @Override
    public StatusReport report() {
        return news.attention()
                .report(() -> all().stream().map(CircuitBreaker::snapshot).toList(), InstantSource.system());
    }

    @Override
    public Breaker make(String name, BreakerSettings settings, FailureRule rule) {
        return made(name, settings, rule, MAKER);
    }

    private Breaker made(String name, BreakerSettings settings, FailureRule rule, Object user) {
        String problem = Definition.problem(name);
        if (!problem.isEmpty()) {
            throw new IllegalArgumentException("name " + problem);
        }
        return breakerFor(List.of(name), settings, rule, user);
    }

    @Override
    public <T> Guard.Builder<T> guard(String name) {
        return new GuardBuilder<>(this, name);
    }

    @Override
    public synchronized KeyedBreakers perKey(String name, int most, BreakerSettings settings, FailureRule rule) {
        KeyedBreakerPool made = new KeyedBreakerPool(this, name, most, settings, rule, Ticker.SYSTEM);
        KeyedBreakerPool present = keyed.putIfAbsent(name, made);
        if (present == null) {
            return made;
        }
        present.checkAgrees(made);
        return present;
    }

    @Override
    public boolean remove(String name) {
        return alone(() -> removed(name));
    }

    private boolean removed(String name) {
        NamedEntry<Breaker> present = breakers.get(name);
        if (present == null) {
            return false;
        }
        if (!present.methods().isEmpty()) {
            throw new IllegalArgumentException(
                    "the breaker \"" + name + "\" cannot be removed, since it guards " + present.methods());
        }
        present.users().stream().filter(user -> user != MAKER).findFirst().ifPresent(user -> {
            throw new IllegalArgumentException("the breaker \"" + name + "\" cannot be removed, since it belongs to "
                    + user + (user instanceof AutoCloseable ? "; close that" : ""));
        });
        return release(breakers, name, MAKER);
    }
}
