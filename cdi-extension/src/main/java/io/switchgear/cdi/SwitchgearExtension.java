package io.switchgear.cdi;

import io.switchgear.CircuitBreaker;
import io.switchgear.CircuitBreakers;
import io.switchgear.config.Configuration;
import io.switchgear.config.SettingsFile;
import io.switchgear.jmx.BreakerMBeans;
import io.switchgear.jmx.Origin;
import io.switchgear.message.Message;
import io.switchgear.store.SavedSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Shutdown;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.BeforeShutdown;
import jakarta.enterprise.inject.spi.DefinitionException;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.Interceptor;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.enterprise.inject.spi.ProcessManagedBean;
import jakarta.enterprise.inject.spi.ProcessSyntheticAnnotatedType;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * Follows the life of the application: finds the guarded methods, makes their breakers and MBeans, removes them again.
 */
public class SwitchgearExtension implements Extension {
    private final List<GuardedMethod> found = new ArrayList<>();
    private Configuration configuration;
    private Definitions definitions;
    private SavedSettings saved;
    private BreakerMBeans mbeans;
    private final AtomicInteger modules = new AtomicInteger();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private Registry registry;
    private Guards guards;

    Guards guards() {
        return guards;
    }

    // intentional: not in the constructor, where WildFly has no java:app yet
    void begin(@Observes BeforeBeanDiscovery event, BeanManager beanManager) {
        configuration = Configuration.of(applicationLoader());
        String application = configuration.application().orElseGet(SwitchgearExtension::application);
        definitions = new Definitions(configuration);
        // a value that is no path, or a file that is none, is among the problems and ends the deployment later
        saved = definitions.problems().isEmpty() ? saved(application) : SavedSettings.none();
        mbeans = new BreakerMBeans(
                application,
                Archive.of(SwitchgearExtension.class),
                Archive.location(SwitchgearExtension.class),
                configuration.jmxWritable(),
                saved);
        registry = new Registry(this::made);
        guards = new Guards(definitions, registry);
        event.addAnnotatedType(
                beanManager.createAnnotatedType(CircuitBreakingInterceptor.class),
                CircuitBreakingInterceptor.class.getName());
    }

    private SavedSettings saved(String application) {
        return configuration
                .settingsFile(application)
                .map(file -> SavedSettings.in(new SettingsFile(file), configuration.settingsAutosave()))
                .orElseGet(SavedSettings::none);
    }

    private void made(CircuitBreaker breaker, Origin origin) {
        saved.applyTo(breaker);
        if (configuration.jmxEnabled()) {
            mbeans.add(breaker, origin);
        }
    }

    void refuseScannedInterceptor(@Observes ProcessAnnotatedType<CircuitBreakingInterceptor> event) {
        if (!(event instanceof ProcessSyntheticAnnotatedType)) {
            event.veto();
        }
    }

    /** Session beans too: their event is a kind of this one. */
    void find(@Observes ProcessManagedBean<?> event, BeanManager beanManager) {
        if (event.getBean() instanceof Interceptor) {
            return;
        }
        GuardedMethods inBean = new GuardedMethods(
                event.getAnnotatedBeanClass(), event.getBean().getBeanClass(), beanManager);
        found.addAll(inBean.all());
        inBean.problems().forEach(definitions::problem);
        inBean.alsoGuardedByMicroProfile().forEach(Message.MICROPROFILE_TOO::log);
    }

    void addRegistry(@Observes AfterBeanDiscovery event) {
        event.addBean()
                .types(Object.class, CircuitBreakers.class)
                .scope(ApplicationScoped.class)
                .createWith(context -> registry);
    }

    void makeBreakers(@Observes AfterDeploymentValidation event) {
        var defined = definitions.of(found);
        if (!definitions.problems().isEmpty()) {
            event.addDeploymentProblem(new DefinitionException(String.join("\n", definitions.problems())));
            return;
        }
        guards.add(defined);
        configuration.unused().forEach(Message.CONFIGURED_IN_VAIN::log);
    }

    /**
     * Told of by each module of an application that has several. Intentional: not before the application is valid as a
     * whole, since a container that gives up says no goodbye.
     */
    void start(@Observes Startup event) {
        modules.incrementAndGet();
        if (configuration.jmxEnabled()) {
            openMBeans();
        }
    }

    private void openMBeans() {
        try {
            mbeans.open(ManagementFactory.getPlatformMBeanServer());
        } catch (SecurityException refused) {
            Message.MBEAN_NOT_REGISTERED.log(refused, "the MBean of all breakers");
        }
    }

    /** Not every server tells of {@link BeforeShutdown} for every kind of application; the last module counts. */
    void stopModule(@Observes Shutdown event) {
        if (modules.decrementAndGet() <= 0) {
            stop();
        }
    }

    void stop(@Observes BeforeShutdown event) {
        stop();
    }

    private void stop() {
        // none if the deployment ended before it began
        if (registry != null && stopped.compareAndSet(false, true)) {
            saved.stopping(registry.all());
            mbeans.close();
        }
    }

    private static ClassLoader applicationLoader() {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        return loader == null ? SwitchgearExtension.class.getClassLoader() : loader;
    }

    @SuppressWarnings("BanJNDI") // a constant name, in the container's own namespace
    private static String application() {
        try {
            return new InitialContext().lookup("java:app/AppName").toString();
        } catch (NamingException noneHere) {
            // not every container has JNDI, or this entry in it
            return Archive.webApplication(SwitchgearExtension.class).orElse("default");
        }
    }
}
