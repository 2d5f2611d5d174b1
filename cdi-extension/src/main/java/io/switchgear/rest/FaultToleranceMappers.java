// SPDX-License-Identifier: Apache-2.0
package io.switchgear.rest;

import io.switchgear.CircuitOpenException;
import jakarta.annotation.Priority;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.List;
import org.eclipse.microprofile.faulttolerance.exceptions.BulkheadException;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;

/**
 * Mappers for the exceptions that callers get in the mode for MicroProfile Fault Tolerance. Each gives the response
 * that the mapper for the exception of this library gives.
 */
final class FaultToleranceMappers {
    private FaultToleranceMappers() {}

    /** Returns the classes of all mappers. */
    static List<Class<?>> all() {
        return List.of(OfBreaker.class, OfBulkhead.class, OfTimeLimit.class);
    }

    /** Maps a call that a breaker rejected. */
    @Priority(Integer.MAX_VALUE)
    public static final class OfBreaker implements ExceptionMapper<CircuitBreakerOpenException> {
        @Context
        private HttpHeaders headers;

        @Override
        public Response toResponse(CircuitBreakerOpenException rejected) {
            // of another implementation, it does not say for how long
            return Problem.UNAVAILABLE.response(
                    headers,
                    rejected.getCause() instanceof CircuitOpenException open
                            ? open.openRemainingMillis()
                            : Problem.UNKNOWN);
        }
    }

    /** Maps a call that a bulkhead rejected. */
    @Priority(Integer.MAX_VALUE)
    public static final class OfBulkhead implements ExceptionMapper<BulkheadException> {
        @Context
        private HttpHeaders headers;

        @Override
        public Response toResponse(BulkheadException rejected) {
            return Problem.UNAVAILABLE.response(headers, Problem.UNKNOWN);
        }
    }

    /** Maps a call that exceeded its time limit. */
    @Priority(Integer.MAX_VALUE)
    public static final class OfTimeLimit implements ExceptionMapper<TimeoutException> {
        @Context
        private HttpHeaders headers;

        @Override
        public Response toResponse(TimeoutException exceeded) {
            return Problem.TIMEOUT.response(headers, Problem.UNKNOWN);
        }
    }
}
