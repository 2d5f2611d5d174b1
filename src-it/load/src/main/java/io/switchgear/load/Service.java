// SPDX-License-Identifier: Apache-2.0
package io.switchgear.load;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** A service of the shop that the test calls. */
enum Service {
    USERS,
    PRODUCTS,
    ORDERS,
    PAYMENTS;

    /** The service whose backend is disturbed. */
    static final Service DISTURBED = USERS;

    /** The services whose backends always work. */
    static final Set<Service> NEIGHBOURS = EnumSet.complementOf(EnumSet.of(DISTURBED));

    /** Returns the name of the backend, as the shop has it. */
    String backend() {
        return name().toLowerCase(Locale.ROOT);
    }
}
