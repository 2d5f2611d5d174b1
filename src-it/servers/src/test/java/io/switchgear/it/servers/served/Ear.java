// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers.served;

import io.switchgear.CircuitBreaking;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.annotation.WebListener;

@WebListener
public class Ear implements ServletRequestListener {
    @Override
    @CircuitBreaking(name = "listener")
    public void requestInitialized(ServletRequestEvent event) {
        // only listens
    }
}
