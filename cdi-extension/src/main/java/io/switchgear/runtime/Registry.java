package io.switchgear.runtime;

import io.switchgear.CircuitBreaker;
import io.switchgear.CircuitBreakers;
import io.switchgear.FailureRule;
import io.switchgear.HttpService;
import io.switchgear.Kind;
import io.switchgear.Layer;
import io.switchgear.RetrySettings;
import io.switchgear.ServiceSettings;
import io.switchgear.Settings;
import io.switchgear.Tunable;
import io.switchgear.TunableSettings;
import io.switchgear.breaker.Breaker;
import io.switchgear.config.Configuration;
import io.switchgear.guard.Retry;
import io.switchgear.http.Parts;
import io.switchgear.jmx.BreakerMBeans;
import io.switchgear.jmx.Origin;
import io.switchgear.message.TransitionLog;
import io.switchgear.store.SavedSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The breakers of an application and what stands around them. What is new gets its saved settings and its MBean. */
public final class Registry implements CircuitBreakers, Parts {
    private static final String CODE = "code";

    /** Something with a name, what it was made from, and the methods that it guards. */
    private record Entry<T>(T made, Definition<?> definition, List<String> methods) {}

    private final Map<String, Entry<Breaker>> breakers = new ConcurrentSkipListMap<>();
    private final Map<String, Entry<Retry>> retries = new ConcurrentHashMap<>();
    private final List<Layer<?>> layers = new CopyOnWriteArrayList<>();
    private final Configuration configuration;
    private final SavedSettings saved;
    private final BreakerMBeans mbeans;

    Registry(Configuration configuration, SavedSettings saved, BreakerMBeans mbeans) {
        this.configuration = configuration;
        this.saved = saved;
        this.mbeans = mbeans;
    }

    // ---- for those who find definitions

    /** The breaker of this definition, made if it is the first of its name. */
    public Breaker breaker(Definition<Settings> definition, String method) {
        return shared(breakers, definition, method, this::made, mbeans::add);
    }

    private Breaker made(Definition<Settings> definition) {
        return new Breaker(definition.name(), definition.settings(), definition.rule(), new TransitionLog());
    }

    /** The retries of this definition, made if they are the first of their name. */
    public Retry retry(Definition<RetrySettings> definition, String method) {
        return shared(
                retries,
                definition,
                method,
                each -> new Retry(each.name(), each.settings(), each.rule()),
                this::addLayer);
    }

    private interface Appearance<T> {
        void add(T made, Origin origin);
    }

    private synchronized <S extends TunableSettings<S>, T extends Tunable<S>> T shared(
            Map<String, Entry<T>> all,
            Definition<S> definition,
            String method,
            Function<Definition<S>, T> making,
            Appearance<T> appearance) {
        Entry<T> present = all.get(definition.name());
        if (present == null) {
            present = new Entry<>(making.apply(definition), definition, new CopyOnWriteArrayList<>());
            all.put(definition.name(), present);
            List<String> methods = present.methods();
            saved.applyTo(present.made());
            appearance.add(
                    present.made(), new Origin(() -> methods.stream().sorted().toList(), definition.configured()));
        }
        if (!method.isEmpty()) {
            present.methods().add(method);
        }
        return present.made();
    }

    private void addLayer(Layer<?> layer, Origin origin) {
        layers.add(layer);
        mbeans.add(layer, origin);
    }

    /** Adds a layer that is not shared. */
    public <S extends TunableSettings<S>> void add(Layer<S> layer, Origin origin) {
        saved.applyTo(layer);
        addLayer(layer, origin);
    }

    /** What is configured for something, over what code says; see {@link Configuration#settings}. */
    public <S extends TunableSettings<S>> Definition<S> definition(
            String name, S settings, FailureRule rule, String site) {
        return new Definition<>(
                name, configuration.settings(name, settings), rule, configuration.origins(settings.kind(), name), site);
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
    public synchronized Breaker breaker(String name) {
        Entry<Breaker> present = breakers.get(name);
        return present == null ? make(name, Settings.defaults(), FailureRule.ANY) : present.made();
    }

    @Override
    public Retry retry(String name) {
        Entry<Retry> present = retries.get(name);
        return present == null
                ? retry(definition(name, RetrySettings.defaults(), FailureRule.ANY, CODE), "")
                : present.made();
    }

    @Override
    public ServiceSettings settings(String name, ServiceSettings given) {
        return configuration.settings(name, given);
    }

    @Override
    public void made(HttpService service) {
        add(service, new Origin(List::of, configuration.origins(Kind.SERVICE, service.name())));
    }

    // ---- for applications

    @Override
    public List<CircuitBreaker> all() {
        return breakers.values().stream().<CircuitBreaker>map(Entry::made).toList();
    }

    @Override
    public Optional<CircuitBreaker> find(String name) {
        return Optional.ofNullable(breakers.get(name)).map(Entry::made);
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
    public synchronized Breaker make(String name, Settings settings, FailureRule rule) {
        String problem = Definition.problem(name);
        if (!problem.isEmpty()) {
            throw new IllegalArgumentException("name " + problem);
        }
        Definition<Settings> definition = definition(name, settings, rule, CODE);
        Entry<Breaker> present = breakers.get(name);
        if (present != null && !present.definition().agreesWith(definition)) {
            throw new IllegalArgumentException(definition.disagreement(present.definition()));
        }
        return breaker(definition, "");
    }

    @Override
    public synchronized boolean remove(String name) {
        Entry<Breaker> present = breakers.get(name);
        if (present == null) {
            return false;
        }
        if (!present.methods().isEmpty()) {
            throw new IllegalArgumentException(
                    "the breaker \"" + name + "\" cannot be removed, since it guards " + present.methods());
        }
        breakers.remove(name);
        removed(present.made());
        return true;
    }

    private void removed(Tunable<?> tunable) {
        saved.removed(tunable);
        mbeans.remove(tunable);
    }
}
