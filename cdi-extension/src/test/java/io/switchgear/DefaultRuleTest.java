// SPDX-License-Identifier: Apache-2.0
package io.switchgear;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.status.BreakerMode;
import io.switchgear.status.CircuitState;
import jakarta.ejb.ApplicationException;
import jakarta.ejb.EJBAccessException;
import jakarta.ejb.EJBException;
import jakarta.persistence.EntityExistsException;
import jakarta.persistence.EntityNotFoundException;
import jakarta.persistence.NoResultException;
import jakarta.persistence.NonUniqueResultException;
import jakarta.persistence.OptimisticLockException;
import jakarta.persistence.PersistenceException;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ValidationException;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.InternalServerErrorException;
import jakarta.ws.rs.NotAuthorizedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import java.io.File;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.lang.reflect.Constructor;
import java.net.URL;
import java.net.URLClassLoader;
import java.security.AccessControlException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What counts as a failure without being named: the service alone is judged. */
@SuppressWarnings({"serial", "removal"})
class DefaultRuleTest {
    private static final class Stopped extends CancellationException {}

    @ApplicationException
    private static class OutOfStock extends RuntimeException {}

    private static String of(FailureRule rule, Throwable thrown) {
        return rule.ignores(thrown) ? "neither" : rule.fails(thrown) ? "failure" : "success";
    }

    private static String byDefault(Throwable thrown) {
        return of(FailureRule.ANY, thrown);
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    private static FailureRule failOn(Class<? extends Throwable>... types) {
        return new FailureRule(List.of(types), List.of());
    }

    private static CircuitOpenException rejection() {
        return new CircuitOpenException("inner", CircuitState.OPEN, 1, null, BreakerMode.FORCED_OPEN, "tonight");
    }

    /** Creates an exception of a REST client without a REST implementation. */
    private static <X extends Throwable> X bare(Class<X> type) {
        try {
            Class<?> serialization = Class.forName("sun.reflect.ReflectionFactory");
            Object constructor = serialization
                    .getMethod("newConstructorForSerialization", Class.class, Constructor.class)
                    .invoke(
                            serialization.getMethod("getReflectionFactory").invoke(null),
                            type,
                            Throwable.class.getConstructor());
            return type.cast(((Constructor<?>) constructor).newInstance());
        } catch (ReflectiveOperationException impossible) {
            throw new LinkageError(type.getName(), impossible);
        }
    }

    @Test
    void whatTheCallerDidIsNeither() {
        assertThat(byDefault(new CancellationException())).isEqualTo("neither");
        assertThat(byDefault(new Stopped())).isEqualTo("neither");
        assertThat(byDefault(new ConstraintViolationException(Set.of()))).isEqualTo("neither");
        assertThat(byDefault(new SecurityException())).isEqualTo("neither");
        assertThat(byDefault(new AccessControlException("no"))).isEqualTo("neither");
        assertThat(byDefault(new EJBAccessException())).isEqualTo("neither");
        assertThat(byDefault(bare(NotAuthorizedException.class))).isEqualTo("neither");
        assertThat(byDefault(bare(ForbiddenException.class))).isEqualTo("neither");
    }

    @Test
    void theRejectionOfAnotherBreakerIsNeither() {
        assertThat(byDefault(rejection())).isEqualTo("neither");
        assertThat(byDefault(new EJBException(rejection()))).isEqualTo("neither");
    }

    @Test
    void theNoOfAServiceThatWorksIsASuccess() {
        assertThat(byDefault(new NoResultException())).isEqualTo("success");
        assertThat(byDefault(new NonUniqueResultException())).isEqualTo("success");
        assertThat(byDefault(new EntityNotFoundException())).isEqualTo("success");
        assertThat(byDefault(new EntityExistsException())).isEqualTo("success");
        assertThat(byDefault(bare(NotFoundException.class))).isEqualTo("success");
        assertThat(byDefault(bare(BadRequestException.class))).isEqualTo("success");
    }

    @Test
    void aServiceThatFailsIsAFailure() {
        assertThat(byDefault(new IOException())).isEqualTo("failure");
        assertThat(byDefault(new PersistenceException())).isEqualTo("failure");
        assertThat(byDefault(new OptimisticLockException())).isEqualTo("failure");
        assertThat(byDefault(new EJBException())).isEqualTo("failure");
        assertThat(byDefault(new IllegalStateException())).isEqualTo("failure");
        assertThat(byDefault(new ValidationException())).isEqualTo("failure");
        assertThat(byDefault(bare(InternalServerErrorException.class))).isEqualTo("failure");
        assertThat(byDefault(new NoClassDefFoundError())).isEqualTo("failure");
    }

    /** The annotation is about transactions: a backend that is down may throw such an exception too. */
    @Test
    void anApplicationExceptionOfEjbMayBeAFailure() {
        assertThat(byDefault(new OutOfStock())).isEqualTo("failure");
    }

    @Test
    void aGeneralClassNamesNothing() {
        FailureRule general =
                failOn(Throwable.class, Exception.class, RuntimeException.class, IllegalStateException.class);
        assertThat(of(general, new CancellationException())).isEqualTo("neither");
        assertThat(of(general, rejection())).isEqualTo("neither");
        assertThat(of(failOn(PersistenceException.class), new NoResultException()))
                .isEqualTo("success");
        assertThat(of(failOn(ValidationException.class), new ConstraintViolationException(Set.of())))
                .isEqualTo("neither");
        assertThat(of(failOn(EJBException.class), new EJBAccessException())).isEqualTo("neither");
        assertThat(of(failOn(WebApplicationException.class), bare(NotFoundException.class)))
                .isEqualTo("success");
    }

    @Test
    void namedThemselvesTheyAreFailures() {
        assertThat(of(failOn(CancellationException.class), new CancellationException()))
                .isEqualTo("failure");
        assertThat(of(failOn(CancellationException.class), new Stopped())).isEqualTo("failure");
        assertThat(of(failOn(Throwable.class, Stopped.class), new Stopped())).isEqualTo("failure");
        assertThat(of(failOn(Throwable.class, Stopped.class), new CancellationException()))
                .as("another cancellation")
                .isEqualTo("neither");
        assertThat(of(failOn(SecurityException.class), new AccessControlException("no")))
                .isEqualTo("failure");
        assertThat(of(failOn(CircuitOpenException.class), rejection())).isEqualTo("failure");
        assertThat(of(failOn(NoResultException.class), new NoResultException())).isEqualTo("failure");
        assertThat(of(failOn(ClientErrorException.class), bare(NotFoundException.class)))
                .isEqualTo("failure");
        assertThat(of(failOn(ClientErrorException.class), bare(ForbiddenException.class)))
                .isEqualTo("failure");
    }

    @Test
    void aNameIsSeenThroughAWrapper() {
        assertThat(of(failOn(CancellationException.class), new CompletionException(new Stopped())))
                .isEqualTo("failure");
        assertThat(of(failOn(EJBException.class), new EJBException(new NoResultException())))
                .as("the wrapper is named, what it wraps is not")
                .isEqualTo("success");
    }

    @Test
    void whatIsSkippedIsNeitherAlsoIfItIsNamed() {
        FailureRule both = new FailureRule(List.of(NoResultException.class), List.of(PersistenceException.class));
        assertThat(of(both, new NoResultException())).isEqualTo("neither");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jakarta.data.exceptions.EmptyResultException",
                "jakarta.data.exceptions.EntityExistsException",
                "jakarta.data.exceptions.NonUniqueResultException"
            })
    void theAnswersOfJakartaDataAreKnownByName(String name) throws Exception {
        assertThat(byDefault((Throwable) DefinedClass.named(name, RuntimeException.class)
                        .getConstructor()
                        .newInstance()))
                .isEqualTo("success");
    }

    /** What is known of a class of the JDK is kept there, and must not keep the application. */
    @Test
    void theClassLoaderOfAnApplicationThatIsGoneIsNotKept() throws Exception {
        WeakReference<ClassLoader> gone = judgedIn(new URLClassLoader(classPath(), null));
        Awaitility.await().untilAsserted(() -> {
            System.gc();
            assertThat(gone.get()).isNull();
        });
    }

    private static URL[] classPath() throws Exception {
        URL here = FailureRule.class.getProtectionDomain().getCodeSource().getLocation();
        return new URL[] {here, new File("unused").toURI().toURL()};
    }

    private static WeakReference<ClassLoader> judgedIn(URLClassLoader application) throws Exception {
        Class<?> rule = application.loadClass(FailureRule.class.getName());
        assertThat(rule).isNotSameAs(FailureRule.class);
        Object any = rule.getField("ANY").get(null);
        assertThat(rule.getMethod("ignores", Throwable.class).invoke(any, new CancellationException()))
                .isEqualTo(true);
        assertThat(rule.getMethod("fails", Throwable.class).invoke(any, new IOException()))
                .isEqualTo(true);
        application.close();
        return new WeakReference<>(application);
    }
}
