// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers.rejecting;

import io.switchgear.rest.ProblemFeature;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/** An application that lists its classes. */
@ApplicationPath("rest")
public class Listed extends Application {
    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(Counters.class, ProblemFeature.class);
    }
}
