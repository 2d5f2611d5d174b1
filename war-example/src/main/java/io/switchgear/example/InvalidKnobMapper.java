package io.switchgear.example;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** A knob that was turned too far. */
@Provider
public class InvalidKnobMapper implements ExceptionMapper<InvalidKnobException> {
    @Override
    public Response toResponse(InvalidKnobException refused) {
        return Problem.response(Status.BAD_REQUEST, refused).build();
    }
}
