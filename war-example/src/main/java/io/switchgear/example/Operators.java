// SPDX-License-Identifier: Apache-2.0
package io.switchgear.example;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import java.util.Set;

/**
 * The users of the shop: one, for development, whose password everybody knows. {@link OperatorFilter} accepts it on
 * this machine alone.
 */
@ApplicationScoped
public class Operators implements IdentityStore {
    /** The role of those who may change breakers. */
    static final String ROLE = "operator";

    private static final String NAME = "operator";
    private static final String PASSWORD = "operator";

    /** Called by the name of its parameter's type, as {@link IdentityStore#validate} documents. */
    public CredentialValidationResult validate(UsernamePasswordCredential credential) {
        return credential.compareTo(NAME, PASSWORD)
                ? new CredentialValidationResult(NAME, Set.of(ROLE))
                : CredentialValidationResult.INVALID_RESULT;
    }
}
