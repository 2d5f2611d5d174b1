// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers.unguarded;

import io.switchgear.CircuitBreaking;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** A servlet, which calls its method itself. */
@WebServlet("/page")
public class Page extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    @CircuitBreaking
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {}
}
