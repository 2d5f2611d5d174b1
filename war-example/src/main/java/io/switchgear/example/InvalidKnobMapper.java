package io.switchgear.example;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Maps a value that a knob does not accept to 400. */
@Provider
public class InvalidKnobMapper implements ExceptionMapper<InvalidKnobException> {
    @Override
    public Response toResponse(InvalidKnobException refused) {
        return Problem.response(Status.BAD_REQUEST, refused).build();
    }
}
