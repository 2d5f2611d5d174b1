// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers.hanging;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

@ApplicationPath("/")
public class Rest extends Application {}
