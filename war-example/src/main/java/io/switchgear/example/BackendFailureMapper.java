package io.switchgear.example;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** A call that got through to the backend and failed there. */
@Provider
public class BackendFailureMapper implements ExceptionMapper<BackendException> {
    @Override
    public Response toResponse(BackendException failure) {
        return Problem.response(Status.BAD_GATEWAY, failure).build();
    }
}
