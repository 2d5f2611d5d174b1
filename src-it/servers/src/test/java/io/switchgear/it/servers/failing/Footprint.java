// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers.failing;

import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

/** Shows in a histogram of the heap, as long as the class loader of its application is kept. */
@WebListener
public class Footprint implements ServletContextListener {
    @SuppressWarnings("unused") // counted by its class
    private static final Footprint KEPT = new Footprint();
}
