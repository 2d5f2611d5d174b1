// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.wildfly.coffee;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import org.eclipse.microprofile.faulttolerance.exceptions.FaultToleranceException;

/** Maps the exceptions that MicroProfile Fault Tolerance defines to 503 and their names. */
@Provider
public class Unavailable implements ExceptionMapper<FaultToleranceException> {
    @Override
    public Response toResponse(FaultToleranceException failure) {
        return Response.status(Status.SERVICE_UNAVAILABLE)
                .entity(failure.getClass().getSimpleName())
                .build();
    }
}
