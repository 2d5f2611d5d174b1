// SPDX-License-Identifier: Apache-2.0
package io.switchgear;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ejb.EJBException;
import jakarta.ejb.EJBTransactionRolledbackException;
import jakarta.transaction.TransactionalException;
import jakarta.ws.rs.ProcessingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.UndeclaredThrowableException;
import java.net.ConnectException;
import java.security.PrivilegedActionException;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Containers and the JDK wrap what a service throws; the rule sees what is wrapped. */
@SuppressWarnings("serial")
class WrappedFailureTest {
    private static final class Unavailable extends RuntimeException {}

    private static final FailureRule RULE =
            new FailureRule(List.of(Unavailable.class), List.of(ConnectException.class));

    static Stream<Function<Exception, Throwable>> wrappers() {
        return Stream.of(
                EJBException::new,
                cause -> new EJBTransactionRolledbackException("rolled back", cause),
                ExecutionException::new,
                CompletionException::new,
                UndeclaredThrowableException::new,
                InvocationTargetException::new,
                PrivilegedActionException::new,
                cause -> new jakarta.transaction.RollbackException().initCause(cause),
                cause -> new TransactionalException("rolled back", cause),
                jakarta.persistence.RollbackException::new,
                ProcessingException::new,
                cause -> new EJBException(new WrapperOfAContainer(cause)),
                cause -> new ExecutionException(new CompletionException(new EJBException(cause))));
    }

    /** A container's own subclass of a wrapper. */
    private static final class WrapperOfAContainer extends EJBException {
        WrapperOfAContainer(Exception cause) {
            super(cause);
        }
    }

    @ParameterizedTest
    @MethodSource("wrappers")
    void bothListsMatchWhatIsWrapped(Function<Exception, Throwable> wrapper) {
        Throwable failure = wrapper.apply(new Unavailable());
        assertThat(RULE.ignores(failure)).isFalse();
        assertThat(RULE.fails(failure)).isTrue();
        assertThat(RULE.ignores(wrapper.apply(new ConnectException()))).isTrue();
        assertThat(RULE.fails(wrapper.apply(new IOException()))).isFalse();
        assertThat(FailureRule.unwrapped(failure)).isInstanceOf(Unavailable.class);
    }

    @Test
    void theWrapperItselfIsMatchedToo() {
        FailureRule wrapper = new FailureRule(List.of(EJBException.class), List.of(ExecutionException.class));
        assertThat(wrapper.fails(new EJBException(new IOException()))).isTrue();
        assertThat(wrapper.ignores(new ExecutionException(new IOException()))).isTrue();
    }

    @Test
    void anUncheckedIoExceptionIsAnIoException() {
        FailureRule io = new FailureRule(List.of(IOException.class), List.of());
        assertThat(io.fails(new UncheckedIOException(new ConnectException()))).isTrue();
    }

    @Test
    void anExceptionOfTheApplicationIsNotTakenApart() {
        assertThat(RULE.fails(new IllegalStateException(new Unavailable()))).isFalse();
        assertThat(RULE.fails(new EJBException(new IllegalStateException(new Unavailable()))))
                .isFalse();
    }

    @Test
    void aWrapperWithoutACauseIsItself() {
        EJBException bare = new EJBException("without a cause");
        assertThat(FailureRule.unwrapped(bare)).isSameAs(bare);
        assertThat(FailureRule.ANY.fails(bare)).isTrue();
    }

    @Test
    void wrappersInACircleEnd() {
        EJBException first = new EJBException("first");
        ExecutionException second = new ExecutionException("second", first);
        first.initCause(second);
        assertThat(RULE.ignores(first)).isFalse();
        assertThat(RULE.fails(second)).isFalse();
        assertThat(FailureRule.ANY.fails(first)).isTrue();
    }

    @Test
    void anExceptionThatCannotShowItsCauseIsJudgedAsItIs() {
        EJBException broken = new EJBException() {
            @Override
            public synchronized Throwable getCause() {
                throw new IllegalStateException("no cause today");
            }
        };
        assertThat(FailureRule.ANY.ignores(broken)).isFalse();
        assertThat(FailureRule.ANY.fails(broken)).isTrue();
    }
}
