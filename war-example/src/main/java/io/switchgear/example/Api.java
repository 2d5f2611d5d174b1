// SPDX-License-Identifier: Apache-2.0
package io.switchgear.example;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** The resources, below {@code /api}; the page itself and the monitoring endpoints are not. */
@ApplicationPath("api")
public class Api extends Application {}
