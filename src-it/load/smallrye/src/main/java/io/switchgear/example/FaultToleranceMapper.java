// SPDX-License-Identifier: Apache-2.0
package io.switchgear.example;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import org.eclipse.microprofile.faulttolerance.exceptions.FaultToleranceException;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;

/** Maps a call that took too long to 504, and one that was not sent to 503, as the library does for the shop. */
@Provider
public class FaultToleranceMapper implements ExceptionMapper<FaultToleranceException> {
    @Override
    public Response toResponse(FaultToleranceException ended) {
        Status status = ended instanceof TimeoutException ? Status.GATEWAY_TIMEOUT : Status.SERVICE_UNAVAILABLE;
        return Problem.response(status, ended.getMessage()).build();
    }
}
