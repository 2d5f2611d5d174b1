// SPDX-License-Identifier: Apache-2.0
package io.switchgear.standalone;

import io.switchgear.Guard;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.RetrySettings;
import java.io.IOException;
import java.util.Map;

/** The application without CDI that the manual shows. */
final class Rates {
    private static final Map<String, String> RATES = Map.of("EUR", "1.08", "GBP", "1.26");

    private Rates() {}

    private static String fetch(String currency) throws IOException {
        if (!RATES.containsKey(currency)) {
            throw new IOException("no rate of " + currency);
        }
        return RATES.get(currency);
    }

    // example-begin
    public static void main(String... currencies) throws Exception {
        try (Switchgear switchgear = Switchgear.start("shop")) {
            Guard<String> rates = switchgear
                    .breakers()
                    .<String>guard("rates")
                    .breaker(BreakerSettings.builder().failureThreshold(3).build())
                    .retry(RetrySettings.defaults().maxAttempts(2))
                    .fallback(failed -> "unknown, since " + failed.failure().getMessage())
                    .build();
            for (String currency : currencies) {
                System.out.println(currency + " " + rates.call(currency, () -> fetch(currency)));
            }
        }
    }
    // example-end
}
