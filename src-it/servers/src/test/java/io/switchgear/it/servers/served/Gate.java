// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers.served;

import io.switchgear.CircuitBreaking;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.annotation.WebFilter;
import java.io.IOException;

@WebFilter("/*")
public class Gate implements Filter {
    @Override
    @CircuitBreaking(name = "filter")
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        chain.doFilter(request, response);
    }
}
