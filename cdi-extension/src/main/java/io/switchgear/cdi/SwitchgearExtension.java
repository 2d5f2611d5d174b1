// SPDX-License-Identifier: Apache-2.0
package io.switchgear.cdi;

import io.switchgear.CircuitBreaker;
import io.switchgear.CircuitBreaking;
import io.switchgear.FallingBack;
import io.switchgear.Retrying;
import io.switchgear.TimeLimiting;
import io.switchgear.cdi.GuardInterceptor.OfBreaker;
import io.switchgear.cdi.GuardInterceptor.OfFallback;
import io.switchgear.cdi.GuardInterceptor.OfMicroProfile;
import io.switchgear.cdi.GuardInterceptor.OfRetries;
import io.switchgear.cdi.GuardInterceptor.OfTimeLimit;
import io.switchgear.config.Configuration;
import io.switchgear.message.Message;
import io.switchgear.runtime.ApplicationRuntime;
import io.switchgear.time.Scheduler;
import io.switchgear.time.Time;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Shutdown;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Specializes;
import jakarta.enterprise.inject.Stereotype;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.BeforeShutdown;
import jakarta.enterprise.inject.spi.DefinitionException;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.enterprise.inject.spi.ProcessBean;
import jakarta.enterprise.inject.spi.ProcessInjectionPoint;
import jakarta.enterprise.inject.spi.ProcessInjectionTarget;
import jakarta.enterprise.inject.spi.ProcessObserverMethod;
import jakarta.enterprise.inject.spi.ProcessSessionBean;
import jakarta.enterprise.inject.spi.ProcessSyntheticBean;
import jakarta.enterprise.inject.spi.SessionBeanType;
import jakarta.enterprise.inject.spi.WithAnnotations;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InterceptorBinding;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * The portable extension: finds the guarded methods at deployment, creates their breakers and MBeans, and removes them
 * when the application ends.
 */
public class SwitchgearExtension implements Extension {
    private final List<GuardedMethod> found = new ArrayList<>();
    private final Set<Class<?>> beanClasses = ConcurrentHashMap.newKeySet();
    private final Set<Class<?>> discovered = new HashSet<>();
    private final Set<Class<?>> specialized = new HashSet<>();
    private volatile boolean validated;
    private final Injectables injectables = new Injectables();
    private final ApplicationBeans beans = new ApplicationBeans();
    private final MeterRegistries meterRegistries = new MeterRegistries();
    private final Observers observers = new Observers();
    private final Transactions transactions = new Transactions();
    private Configuration configuration;
    private String application;
    private GuardDefinitions definitions;
    private ApplicationRuntime runtime;
    private MicroProfileMode microProfile;
    private OffloadThreads offloadThreads;
    private final AtomicBoolean started = new AtomicBoolean();
    private final AtomicInteger modules = new AtomicInteger();
    private GuardPipelines guards;

    GuardPipelines guards() {
        return guards;
    }

    // intentional: not in the constructor, as WildFly has no java:app at that time
    void begin(@Observes BeforeBeanDiscovery event, BeanManager beanManager) {
        OtherCopies.begin();
        configuration = Configuration.of(applicationLoader());
        application = configuration.application().orElseGet(SwitchgearExtension::applicationName);
        runtime = new ApplicationRuntime(
                configuration,
                application,
                Archive.location(SwitchgearExtension.class),
                transactions.rule("a guard created in code", Demarcation.NONE),
                Time.of(applicationLoader()));
        definitions = new GuardDefinitions(runtime.definitions(), configuration.problems(), beans);
        microProfile = MicroProfileMode.of(configuration, applicationLoader(), definitions::problem);
        offloadThreads = new OffloadThreads(beanManager);
        guards = new GuardPipelines(
                definitions, runtime.registry(), transactions, priority(), microProfile, offloadThreads);
        if (microProfile.isOn()) {
            add(OfMicroProfile.class, microProfile.priority(), event, beanManager);
        }
        for (Class<?> each : List.of(OfBreaker.class, OfRetries.class, OfTimeLimit.class, OfFallback.class)) {
            add(each, priority(), event, beanManager);
        }
    }

    private static void add(Class<?> interceptor, int priority, BeforeBeanDiscovery event, BeanManager beanManager) {
        event.addAnnotatedType(
                new InterceptorType<>(
                        beanManager.createAnnotatedType(interceptor),
                        interceptor == OfFallback.class
                                ? Set.of(new PriorityLiteral(priority), OfFallback.binding())
                                : Set.of(new PriorityLiteral(priority))),
                interceptor.getName());
    }

    private int priority() {
        return configuration.interceptorPriority(GuardInterceptor.PRIORITY);
    }

    /**
     * Vetoes scanned copies of the interceptors. Intentional: recognised by the priority, as Weld does not announce the
     * added types as synthetic ones.
     */
    void vetoScanned(@Observes ProcessAnnotatedType<? extends GuardInterceptor> event) {
        if (!event.getAnnotatedType().isAnnotationPresent(Priority.class)) {
            event.veto();
        }
    }

    /**
     * Takes the annotations of MicroProfile Fault Tolerance. Intentional: found by what is on these annotations, as
     * they may be absent; and before the extension of another implementation, which then finds none.
     */
    <T> void takeMicroProfile(
            @Observes
                    @Priority(Interceptor.Priority.PLATFORM_BEFORE)
                    @WithAnnotations({InterceptorBinding.class, Stereotype.class})
                    ProcessAnnotatedType<T> event) {
        microProfile.take(event);
    }

    /** Refuses annotations on classes that are never beans; those of beans are checked when they are found. */
    <T> void discover(
            @Observes @WithAnnotations({CircuitBreaking.class, Retrying.class, TimeLimiting.class, FallingBack.class})
                    ProcessAnnotatedType<T> event,
            BeanManager beanManager) {
        Class<T> type = event.getAnnotatedType().getJavaClass();
        discovered.add(type);
        if (type.isEnum() || type.isRecord()) {
            new GuardedMethods(event.getAnnotatedType(), type, false, false, priority(), beanManager, microProfile)
                    .problems()
                    .forEach(definitions::problem);
        }
    }

    /**
     * Finds a bean, and the guarded methods of its class. Intentional: not by the events for managed beans alone, as
     * OpenWebBeans announces interceptors and decorators by this one.
     */
    void find(@Observes ProcessBean<?> event, BeanManager beanManager) {
        beans.add(event.getBean());
        meterRegistries.add(event.getBean());
        if (event.getAnnotated() instanceof AnnotatedType<?> type && !(event instanceof ProcessSyntheticBean)) {
            find(type, event, beanManager);
        }
    }

    private void find(AnnotatedType<?> type, ProcessBean<?> event, BeanManager beanManager) {
        boolean sessionBean = event instanceof ProcessSessionBean;
        if (!sessionBean && type.isAnnotationPresent(Specializes.class)) {
            specialized.add(type.getJavaClass().getSuperclass());
        }
        beanClasses.add(type.getJavaClass());
        GuardedMethods inBean = new GuardedMethods(
                type,
                event.getBean().getBeanClass(),
                sessionBean,
                servesAll(event),
                priority(),
                beanManager,
                microProfile);
        found.addAll(inBean.all());
        inBean.problems().forEach(definitions::problem);
        inBean.warnings().forEach(Message.WITHOUT_EFFECT::log);
        OtherCopies.warnings(type).forEach(Message.WITHOUT_EFFECT::log);
        inBean.alsoGuardedByMicroProfile().forEach(Message.MICROPROFILE_TOO::log);
    }

    /**
     * Creates the guards of an object that a server creates and that is not a bean, such as a message-driven bean.
     * Servers announce it when they start it, after the deployment was validated.
     */
    void findComponent(@Observes ProcessInjectionTarget<?> event, BeanManager beanManager) {
        Class<?> type = event.getAnnotatedType().getJavaClass();
        if (!validated || !beanClasses.add(type)) {
            return;
        }
        GuardedMethods inComponent =
                new GuardedMethods(event.getAnnotatedType(), type, false, false, priority(), beanManager, microProfile);
        try {
            if (!discovered.contains(type)
                    && inComponent.isOfMessageDrivenBean()
                    && !inComponent.all().isEmpty()) {
                throw new DefinitionException(type.getName() + ": annotations of this library have no effect on a"
                        + " message-driven bean in an archive whose classes CDI does not discover; set"
                        + " bean-discovery-mode=\"annotated\" in its beans.xml, or remove the file");
            }
            guards.addLate(inComponent, beanManager);
        } catch (DefinitionException invalid) {
            event.addDefinitionError(invalid);
        }
    }

    private static boolean servesAll(ProcessBean<?> event) {
        return event instanceof ProcessSessionBean<?> sessionBean
                ? sessionBean.getSessionBeanType() != SessionBeanType.STATEFUL
                : List.of(ApplicationScoped.class, Singleton.class)
                        .contains(event.getBean().getScope());
    }

    void findInjected(@Observes ProcessInjectionPoint<?, CircuitBreaker> event) {
        injectables.add(event.getInjectionPoint());
    }

    void findObserver(@Observes ProcessObserverMethod<?, ?> event) {
        observers.add(event.getObserverMethod());
    }

    void addBeans(@Observes AfterBeanDiscovery event, BeanManager beanManager) {
        injectables.addTo(event, runtime, beanManager);
    }

    void createBreakers(@Observes AfterDeploymentValidation event, BeanManager beanManager) {
        found.removeIf(method -> specialized.contains(method.beanClass()));
        var guarded = definitions.of(found, beanManager);
        if (definitions.problems().isEmpty()) {
            guards.add(guarded);
            injectables.createInjected(runtime, definitions::problem);
            runtime.addServices().forEach(definitions::problem);
        }
        if (!definitions.problems().isEmpty()) {
            event.addDeploymentProblem(MicroProfileMode.problem(
                    String.join("\n", definitions.problems()), definitions.concernMicroProfile()));
            return;
        }
        validated = true;
        runtime.logUnusedConfiguration();
    }

    /**
     * Starts the runtime with the first module of the application; the event is fired for each. Intentional: not before
     * the application is valid as a whole, as a container does not notify extensions of a failed deployment.
     */
    void startModule(@Observes Startup event, BeanManager beanManager) {
        modules.incrementAndGet();
        start(beanManager);
    }

    /**
     * Starts in OpenWebBeans, which fires {@link Startup} only without a server. Intentional: not in other containers,
     * which fire this event earlier, when the deployment may still fail.
     */
    void startInOpenWebBeans(@Observes @Initialized(ApplicationScoped.class) Object event, BeanManager beanManager) {
        if (beanManager.getClass().getName().startsWith("org.apache.webbeans.")) {
            start(beanManager);
        }
    }

    private void start(BeanManager beanManager) {
        if (!started.compareAndSet(false, true)) {
            return;
        }
        Scheduler scheduler = runtime.useSchedulerOf(ContainerScheduler::findOrJdk);
        transactions.find();
        offloadThreads.find();
        runtime.open(archive());
        observers.listen(runtime.registry().events(), beanManager, scheduler);
        meterRegistries.start(beanManager, runtime.registry(), configuration, application);
    }

    /**
     * Returns the archive of all guarded methods; that of this library if they are in several. Intentional: Payara runs
     * an extension for each WAR of an EAR, with one library.
     */
    private String archive() {
        List<String> guarded = found.stream()
                .map(method -> Archive.of(method.beanClass()))
                .distinct()
                .toList();
        return guarded.size() == 1 ? guarded.get(0) : Archive.of(SwitchgearExtension.class);
    }

    /** Stops with the last module: not every server fires {@link BeforeShutdown} for every kind of application. */
    void stopModule(@Observes Shutdown event) {
        if (modules.decrementAndGet() <= 0) {
            stop();
        }
    }

    void stop(@Observes BeforeShutdown event) {
        stop();
    }

    /**
     * Intentional: nothing on the way to the removal of the MBeans may need a class for the first time, not even for a
     * lambda. GlassFish and Payara close the class loader of an application whose deployment failed before they fire
     * these events.
     */
    private void stop() {
        // null if the deployment ended before it began
        if (runtime != null) {
            observers.stop();
            injectables.close();
            guards.close();
            offloadThreads.close();
            try {
                runtime.close();
            } finally {
                meterRegistries.close();
            }
        }
    }

    private static ClassLoader applicationLoader() {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        return loader == null ? SwitchgearExtension.class.getClassLoader() : loader;
    }

    @SuppressWarnings("BanJNDI") // a constant name, in the container's own namespace
    private static String applicationName() {
        try {
            return new InitialContext().lookup("java:app/AppName").toString();
        } catch (NamingException noneHere) {
            // not every container has JNDI, or this entry
            return Archive.webApplication(SwitchgearExtension.class).orElse("default");
        }
    }
}
