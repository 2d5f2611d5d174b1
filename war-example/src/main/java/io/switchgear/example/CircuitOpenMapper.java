package io.switchgear.example;

import io.switchgear.CircuitOpenException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.concurrent.TimeUnit;

/** A call that a breaker rejected: the service is unavailable, and it is known for how long. */
@Provider
public class CircuitOpenMapper implements ExceptionMapper<CircuitOpenException> {
    private static final long SECONDS_IF_UNKNOWN = 60;

    @Override
    public Response toResponse(CircuitOpenException rejected) {
        return Problem.response(Status.SERVICE_UNAVAILABLE, rejected)
                .header(HttpHeaders.RETRY_AFTER, retryAfterSeconds(rejected))
                .build();
    }

    /** At least the time that is left; nobody knows when somebody will end a forced mode. */
    static long retryAfterSeconds(CircuitOpenException rejected) {
        long millis = rejected.openRemainingMillis();
        return millis < 0 ? SECONDS_IF_UNKNOWN : TimeUnit.MILLISECONDS.toSeconds(millis) + 1;
    }
}
