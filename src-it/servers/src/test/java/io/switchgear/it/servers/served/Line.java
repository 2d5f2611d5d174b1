// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers.served;

import io.switchgear.CircuitBreaking;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;

@ServerEndpoint("/line")
public class Line {
    @OnOpen
    @CircuitBreaking(name = "endpoint")
    public void open(Session session) {
        // only opens
    }
}
