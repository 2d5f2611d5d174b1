// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it;

import java.io.IOException;

/** Failures of the services that guarded methods call. */
final class Failures {
    private Failures() {}

    @SuppressWarnings({"TypeParameterUnusedInFormals", "DoNotCallSuggester"}) // intentional: it never returns
    static <T> T down() throws IOException {
        throw new IOException("down");
    }
}
