// SPDX-License-Identifier: Apache-2.0
package io.switchgear.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BaseUrlTest {
    private final BaseUrl base = BaseUrl.of("payments", URI.create("http://pay:8080/api/"));

    @ParameterizedTest
    @CsvSource({
        "ftp://pay, must begin with http:// or https:// but was ftp://pay",
        "pay:8080, must begin with http:// or https:// but was pay:***",
        "/api, must begin with http:// or https:// but was /api",
        "http:///api, 'must have a host, of letters, digits, dots and hyphens, but was http:///api'",
        "http://my_pay, 'must have a host, of letters, digits, dots and hyphens, but was http://my_pay'",
        "http://pay:99999, 'must have a port >= 1 and <= 65535, or none, but was http://pay:99999'",
        "http://me@pay, 'must have no user info, which would be seen in logs and consoles, but was http://***@pay'",
        "http://me:secret@pay, 'must have no user info, which would be seen in logs and consoles, but was http://***@pay'",
        "http://me:secret@my_pay, 'must have a host, of letters, digits, dots and hyphens, but was http://***@my_pay'",
        "http://pay?x=1, must have neither query nor fragment but was http://pay?***",
        "http://pay#top, must have neither query nor fragment but was http://pay#***",
        "http://pay/a/../b, must have no .. in its path but was http://pay/a/../b"
    })
    void anUnfitUrlIsRefusedWithTheCure(String url, String problem) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BaseUrl.of("payments", URI.create(url)))
                .withMessage("the url of service payments " + problem);
    }

    @ParameterizedTest
    @CsvSource({
        "/orders/7?full=true, http://pay:8080/api/orders/7?full=true",
        "orders, http://pay:8080/api/orders",
        "'', http://pay:8080/api",
        "/, http://pay:8080/api/",
        "?q=1, http://pay:8080/api?q=1",
        "/a%2Fb, http://pay:8080/api/a%2Fb",
        "/v1..2/a.b, http://pay:8080/api/v1..2/a.b",
        "/to?next=http://other, http://pay:8080/api/to?next=http://other",
        "@other/x, http://pay:8080/api/@other/x",
        ":9090/x, http://pay:8080/api/:9090/x"
    })
    void aPathIsResolvedBelowIt(String path, String url) {
        assertThat(base.resolve(path)).isEqualTo(URI.create(url));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../admin",
                "..",
                "a/../../b",
                "/%2e%2e/admin",
                "/.%2E/admin",
                "/a%2f..%2fb",
                "/%252e%252e/admin",
                "/%252%65./admin",
                "/%25%32%65%25%32%45/admin",
                "/..;x=1/admin",
                "/..%3bx/admin",
                "/..%5cadmin",
                "//other/x",
                "http://other/x",
                "https://pay:8080/api/x",
                "/\\other",
                "\\\\other"
            })
    void aPathThatLeadsElsewhereIsRefused(String path) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> base.resolve(path))
                .withMessageContaining("http://pay:8080/api")
                .withMessageNotContaining(path.equals("..") ? "but was" : path);
    }

    @Test
    @Timeout(10)
    void aLongPathThatIsEncodedAgainAndAgainIsRefusedInTimeThatGrowsWithItsLength() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> base.resolve("/%" + "25".repeat(500_000) + "2e./admin"))
                .withMessageStartingWith("a path must stay below http://pay:8080/api");
    }

    @Test
    void aPathThatIsNotEncodedIsRefusedWithTheCure() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> base.resolve("/a b"))
                .withMessage("a path below http://pay:8080/api must be written as in a URL, with other characters as"
                        + " %XX; pass a value for a placeholder, as in /orders/{id}")
                .withNoCause();
    }

    @ParameterizedTest
    @CsvSource({
        "http://pay:8080/api, true",
        "http://pay:8080/api/x?y, true",
        "HTTP://PAY:8080/api/x, true",
        "http://pay:8080/apis, false",
        "http://pay:8080/, false",
        "http://pay/api/x, false",
        "https://pay:8080/api/x, false",
        "http://other:8080/api/x, false",
        "http://me@pay:8080/api/x, false",
        "http://pay:8080/api/../x, false"
    })
    void onlyWhatIsBelowItIsContained(String url, boolean contained) {
        assertThat(base.contains(URI.create(url))).isEqualTo(contained);
    }

    @Test
    void aPortThatGoesWithoutSayingIsTheSame() {
        assertThat(BaseUrl.of("a", URI.create("http://pay")).contains(URI.create("http://pay:80/x")))
                .isTrue();
        assertThat(BaseUrl.of("a", URI.create("https://pay:443")).contains(URI.create("https://pay/x")))
                .isTrue();
    }
}
