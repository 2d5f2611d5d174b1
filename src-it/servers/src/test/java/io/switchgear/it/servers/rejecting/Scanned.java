// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers.rejecting;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** An application whose classes the server finds. */
@ApplicationPath("rest")
public class Scanned extends Application {}
