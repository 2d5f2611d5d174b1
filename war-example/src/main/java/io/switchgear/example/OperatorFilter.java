// SPDX-License-Identifier: Apache-2.0
package io.switchgear.example;

import jakarta.inject.Inject;
import jakarta.security.enterprise.CallerPrincipal;
import jakarta.security.enterprise.credential.BasicAuthenticationCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.security.Principal;

/**
 * Lets only operators operate breakers. They send name and password with each request, by HTTP Basic.
 *
 * <p>Intentional: a filter instead of an authentication mechanism of Jakarta Security, which WildFly accepts from an
 * application only after a change of the server's configuration ({@code integrated-jaspi}). Intentional: no challenge
 * in the response. A browser would ask for the password in a window of its own, and from then on send it with the
 * requests of other sites too; so that only the page itself has it.
 */
@WebFilter(urlPatterns = "/api/operator/*")
public class OperatorFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    private static final String BASIC = "Basic ";

    @Inject
    private transient Operators operators;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        CredentialValidationResult caller = caller(request.getHeader("Authorization"));
        if (!isFromThisMachine(request)) {
            AccessFilter.refuse(response, 403, "operators are accepted on the machine of the shop alone");
        } else if (caller.getStatus() != CredentialValidationResult.Status.VALID) {
            AccessFilter.refuse(response, 401, "sign in with the name and the password of an operator");
        } else {
            chain.doFilter(new OperatorRequest(request, caller), response);
        }
    }

    private static boolean isFromThisMachine(HttpServletRequest request) throws IOException {
        return AccessFilter.isLoopback(request.getServerName())
                && InetAddress.getByName(request.getRemoteAddr()).isLoopbackAddress();
    }

    private CredentialValidationResult caller(String authorization) {
        if (authorization == null || !authorization.startsWith(BASIC)) {
            return CredentialValidationResult.NOT_VALIDATED_RESULT;
        }
        try {
            return operators.validate(new BasicAuthenticationCredential(authorization.substring(BASIC.length())));
        } catch (IllegalArgumentException malformed) {
            return CredentialValidationResult.INVALID_RESULT;
        }
    }

    /** A request of a caller who has been authenticated. */
    private static final class OperatorRequest extends HttpServletRequestWrapper {
        private final CredentialValidationResult caller;

        OperatorRequest(HttpServletRequest request, CredentialValidationResult caller) {
            super(request);
            this.caller = caller;
        }

        @Override
        public Principal getUserPrincipal() {
            return new CallerPrincipal(caller.getCallerPrincipal().getName());
        }

        @Override
        public boolean isUserInRole(String role) {
            return caller.getCallerGroups().contains(role);
        }
    }
}
