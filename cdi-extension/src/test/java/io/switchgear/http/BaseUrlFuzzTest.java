// SPDX-License-Identifier: Apache-2.0
package io.switchgear.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.switchgear.fuzz.FuzzTarget;
import io.switchgear.fuzz.FuzzText;
import io.switchgear.fuzz.RandomInputs;
import java.net.URI;
import java.net.URLDecoder;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Resolves any path below a service, and takes any URL as that of one. */
class BaseUrlFuzzTest {
    private static final FuzzTarget PATH = BaseUrlFuzzTest::checkPath;
    private static final FuzzTarget URL = BaseUrlFuzzTest::checkUrl;
    private static final Pattern ENCODED = Pattern.compile("%([0-9A-Fa-f]{2})");
    // nothing of the path, which may be secret
    private static final Pattern MESSAGES = Pattern.compile(
            "a path (below|must stay below) https?://[a-z0-9:/]+(, | must )[a-zA-Z0-9 .,;#%/{}]+"
                    + "|a path must have a placeholder, as in /orders/\\{id}, for each value, but there are \\d+ and 0");
    private static final FuzzTarget VALUE = BaseUrlFuzzTest::checkValue;
    private static final List<BaseUrl> BASES = List.of(
            BaseUrl.of("payments", URI.create("http://pay:8080/api")), BaseUrl.of("root", URI.create("https://pay")));

    @FuzzTest
    void aPathStaysBelowOrIsRefused(byte[] path) {
        PATH.runAndShorten(path);
    }

    @FuzzTest
    void aUrlIsThatOfAServiceOrRefused(byte[] url) {
        URL.runAndShorten(url);
    }

    @Test
    void aRandomPathStaysBelowOrIsRefused() {
        List<String> pieces = List.of(
                "/",
                "/",
                "//",
                "\\",
                ".",
                "..",
                "%2e",
                "%2E",
                "%2f",
                "%5c",
                "%25",
                "25",
                "2e",
                "%32",
                "%65",
                ";",
                "%3b",
                "?",
                "#",
                ":",
                "@",
                "http://",
                "pay:8080",
                "/api",
                "orders",
                "a",
                " ",
                "é");
        RandomInputs.run(4_000, RandomInputs.texts(10, pieces), PATH);
    }

    @Test
    void aRandomUrlIsThatOfAServiceOrRefused() {
        List<String> pieces = List.of(
                "http://",
                "https://",
                "HTTP://",
                "ftp://",
                "pay",
                "pay",
                "my_pay",
                "[::1]",
                ":8080",
                ":0",
                ":99999",
                ":",
                "me:secret@",
                "me@",
                "@",
                "/",
                "/api",
                "..",
                "%2e",
                "?x",
                "#x",
                "%",
                " ");
        RandomInputs.run(4_000, RandomInputs.texts(8, pieces), URL);
    }

    @FuzzTest
    void aValueStaysWithinItsSegmentOrIsRefused(byte[] value) {
        VALUE.runAndShorten(value);
    }

    @Test
    void aRandomValueStaysWithinItsSegmentOrIsRefused() {
        List<String> pieces = List.of(
                "/", "\\", ".", "..", "%2e", "%2f", "%25", "%", ";", "?", "#", "{id}", "$1", "\r\n", "a", " ", "é",
                "𝄞");
        RandomInputs.run(4_000, RandomInputs.texts(6, pieces), VALUE);
    }

    private static void checkValue(byte[] input) {
        String value = FuzzText.of(input);
        for (BaseUrl base : BASES) {
            try {
                URI resolved = base.resolve("/stock/{sku}/count?of={sku}", value, value);
                String start = base.url() + "/stock/";
                assertThat(resolved.toString()).startsWith(start).endsWith(value.isEmpty() ? "=" : "");
                String[] parts = resolved.toString().substring(start.length()).split("/count\\?of=", -1);
                assertThat(parts).hasSize(2).allMatch(part -> part.matches("([A-Za-z0-9._~-]|%[0-9A-F]{2})*"));
                assertThat(URLDecoder.decode(parts[0].replace("+", "%2B"), UTF_8))
                        .isEqualTo(value);
                assertThat(parts[1]).isEqualTo(parts[0]);
            } catch (IllegalArgumentException refused) {
                assertThat(refused.getMessage())
                        .startsWith(
                                value.matches("\\.{0,2}") || !UTF_8.newEncoder().canEncode(value)
                                        ? "value 1 of a path must"
                                        : "a path must stay");
            }
        }
    }

    private static void checkPath(byte[] input) {
        String path = FuzzText.of(input);
        for (BaseUrl base : BASES) {
            try {
                URI resolved = base.resolve(path);
                assertThat(base.contains(resolved)).isTrue();
                assertBelow(base.url(), resolved);
                assertThat(resolved.toString()).isIn(base.url() + path, base.url() + "/" + path);
            } catch (IllegalArgumentException refused) {
                assertThat(refused)
                        .hasMessageStartingWith("a path ")
                        .hasNoCause()
                        .extracting(Throwable::getMessage)
                        .satisfies(
                                message -> assertThat(MESSAGES.matcher(message).matches())
                                        .as(message)
                                        .isTrue());
            }
        }
    }

    private static void assertBelow(URI base, URI resolved) {
        assertThat(resolved.getScheme()).isEqualTo(base.getScheme());
        assertThat(resolved.getRawAuthority()).isEqualTo(base.getRawAuthority());
        String path = resolved.getRawPath();
        assertThat(path.equals(base.getRawPath()) || path.startsWith(base.getRawPath() + "/"))
                .as("%s is below %s", resolved, base)
                .isTrue();
        assertThat(resolved.normalize().getRawPath()).startsWith(base.getRawPath());
        String decoded = path;
        for (int i = 0; i < 5; i++) {
            assertThat(decoded.split("[/\\\\]", -1))
                    .as("segments of %s, decoded %d times", resolved, i)
                    .noneMatch(segment -> segment.split(";", 2)[0].equals(".."));
            decoded = ENCODED.matcher(decoded)
                    .replaceAll(code ->
                            Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(code.group(1), 16))));
        }
    }

    private static void checkUrl(byte[] input) {
        String text = FuzzText.of(input);
        Optional<URI> given = uri(text);
        if (given.isEmpty()) {
            return;
        }
        try {
            URI url = BaseUrl.of("pay", given.get()).url();
            BaseUrl base = new BaseUrl(url);
            assertThat(url.getScheme().toLowerCase(Locale.ROOT)).isIn("http", "https");
            assertThat(url.getHost()).isNotEmpty();
            assertThat(url.getRawUserInfo()).isNull();
            assertThat(url.toString()).doesNotEndWith("/");
            assertThat(text).startsWith(url.toString());
            assertThat(base.contains(url)).isTrue();
            for (String path : List.of("", "/", "orders", "/orders?full=true")) {
                assertThat(base.contains(base.resolve(path)))
                        .as("\"%s\" below %s", path, url)
                        .isTrue();
            }
        } catch (IllegalArgumentException refused) {
            assertThat(refused).hasMessageStartingWith("the url of service pay must ");
            assertThat(refused.getMessage()).doesNotContain("secret");
        }
    }

    private static Optional<URI> uri(String text) {
        try {
            return Optional.of(URI.create(text));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }
}
