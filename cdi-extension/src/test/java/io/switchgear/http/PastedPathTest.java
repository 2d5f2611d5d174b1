// SPDX-License-Identifier: Apache-2.0
package io.switchgear.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A value of a path does not lead to another endpoint. */
class PastedPathTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7 | /stock/7",
                "7?full=true | /stock/7%3Ffull%3Dtrue",
                "7#top | /stock/7%23top",
                "a/b | /stock/a%2Fb",
                "a b+c | /stock/a%20b%2Bc",
                "a;v=1 | /stock/a%3Bv%3D1",
                "{sku} | /stock/%7Bsku%7D",
                "$1 | /stock/%241",
                "100% | /stock/100%25",
                "caf\u00e9 | /stock/caf%C3%A9",
                "... | /stock/...",
                "//other | /stock/%2F%2Fother"
            })
    void aValueIsOneSegment(String value, String path) throws Exception {
        try (TestService service = new TestService(RawBackend.ok("fine"))) {
            service.client.send(
                    "pay", service.client.request("pay", "/stock/{sku}", value).build(), BodyHandlers.ofString());
            assertThat(service.backend.requests().get(0).path()).isEqualTo(path);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", ".."})
    void aValueThatIsNoSegmentIsRefused(String value) throws Exception {
        try (TestService service = new TestService(RawBackend.ok("fine"))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> service.client.request("pay", "/stock/{sku}/count", value))
                    .withMessage(
                            "value 1 of a path must not be null, empty, ., .. or with half a surrogate pair, which would lead"
                                    + " to another path");
            assertThat(service.client
                            .request("pay", "/stock?of={sku}", value)
                            .build()
                            .uri()
                            .getQuery())
                    .isEqualTo("of=" + value);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../admin", "%2e%2e", "a/%2e%2e/b", "..;x", "..\\x", "%252e%252e"})
    void aValueThatAServerMayReadAsTheParentIsRefused(String value) throws Exception {
        try (TestService service = new TestService(RawBackend.ok("fine"))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> service.client.request("pay", "/stock/{sku}", value))
                    .withMessageStartingWith("a path must stay below ");
        }
    }

    @Test
    void thereIsAValueForEachPlaceholder() throws Exception {
        try (TestService service = new TestService(RawBackend.ok("fine"))) {
            assertThat(service.client
                            .request("pay", "/{a}/{b}?c={c}", "x", 7, true)
                            .build()
                            .uri()
                            .toString())
                    .endsWith("/x/7?c=true");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> service.client.request("pay", "/{a}/{b}", "x"))
                    .withMessage(
                            "a path must have a placeholder, as in /orders/{id}, for each value, but there are 2 and"
                                    + " 1");
            assertThatIllegalArgumentException().isThrownBy(() -> service.client.request("pay", "/a", "x"));
            assertThatIllegalArgumentException().isThrownBy(() -> service.client.request("pay", "/{a}", (Object) null));
            assertThatIllegalArgumentException().isThrownBy(() -> service.client.request("pay", "/{a}", "\ud834"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/stock/7#top", "#", "?q=1#"})
    void aPathWithAFragmentIsRefused(String path) throws Exception {
        try (TestService service = new TestService(RawBackend.ok("fine"))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> service.client.request("pay", path))
                    .withMessageContaining(" must have no #, which would end it; pass a value");
        }
    }
}
