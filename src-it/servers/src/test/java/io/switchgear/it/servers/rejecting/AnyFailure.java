// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers.rejecting;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** A mapper of the application for a superclass of the exceptions of rejections. */
@Provider
public class AnyFailure implements ExceptionMapper<RuntimeException> {
    @Override
    public Response toResponse(RuntimeException failure) {
        return Response.status(Status.BAD_GATEWAY).build();
    }
}
