// SPDX-License-Identifier: Apache-2.0
package io.switchgear.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.config.Configuration;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The parts of the response to a rejected call; an integration test sends whole ones. */
class ProblemTest {
    private static List<MediaType> types(String accept) {
        return Arrays.stream(accept.split(" "))
                .map(type -> type.split("/"))
                .map(parts -> new MediaType(parts[0], parts[1]))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1", "999, 1", "1000, 1", "1001, 2", "9999, 10", "604800000, 604800"})
    void retryAfterIsRoundedUpToSecondsAndIsNeverZero(long millis, long seconds) {
        assertThat(Problem.retryAfter(millis)).contains(seconds);
    }

    @Test
    void whereTheEndIsUnknownThereIsNoRetryAfter() {
        assertThat(Problem.retryAfter(-1)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"*/*", "application/*", "application/json", "application/problem+json", "text/html application/json"})
    void aClientThatAcceptsJsonGetsAProblem(String accept) {
        assertThat(Problem.bodyType(types(accept))).contains(Problem.JSON);
    }

    @ParameterizedTest
    @CsvSource({"text/plain", "text/*", "image/png text/plain"})
    void aClientThatAcceptsTextGetsText(String accept) {
        assertThat(Problem.bodyType(types(accept))).contains(MediaType.TEXT_PLAIN_TYPE);
    }

    @ParameterizedTest
    @CsvSource({"text/html", "image/png", "application/xml"})
    void aClientThatAcceptsNeitherGetsNoBody(String accept) {
        assertThat(Problem.bodyType(types(accept))).isEqualTo(Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({
        "'text/plain, application/json;q=0, application/problem+json;q=0.000', text/plain",
        "'*/*;q=0.1, application/json;q=0, application/problem+json;q=0', text/plain",
        "'application/json;q=0.5, text/plain', application/problem+json",
        "'text/html, */*;q=0', none",
    })
    void aTypeThatTheClientRefusesIsNotSent(String accept, String type) {
        List<MediaType> listed = Arrays.stream(accept.split(", "))
                .map(each -> each.split("[/;=]"))
                .map(parts ->
                        new MediaType(parts[0], parts[1], parts.length == 2 ? Map.of() : Map.of(parts[2], parts[3])))
                .toList();
        assertThat(Problem.bodyType(listed).map(body -> body.getType() + "/" + body.getSubtype()))
                .isEqualTo(type.equals("none") ? Optional.empty() : Optional.of(type));
    }

    @Test
    void theBodySaysNothingOfTheBreaker() {
        assertThat(Problem.UNAVAILABLE.body(Problem.JSON)).isEqualTo("""
                {"type":"about:blank","title":"Service Unavailable","status":503,\
                "detail":"The service cannot handle this request at present. Please try again later."}""");
        assertThat(Problem.UNAVAILABLE.body(MediaType.TEXT_PLAIN_TYPE)).isEqualTo(Problem.UNAVAILABLE.detail());
    }

    @Test
    void detailsNeedNoEscape() {
        assertThat(List.of(Problem.UNAVAILABLE, Problem.TIMEOUT))
                .allSatisfy(problem -> assertThat(problem.detail()).matches("[ !#-\\[\\]-~]+"));
    }

    @Test
    void aCallThatTookTooLongIsAGatewayTimeout() {
        assertThat(Problem.TIMEOUT.body(Problem.JSON)).isEqualTo("""
                {"type":"about:blank","title":"Gateway Timeout","status":504,\
                "detail":"The service took too long to handle this request."}""");
    }

    @Test
    void problemsAreOffUnlessTheyAreConfigured() {
        ClassLoader application = getClass().getClassLoader();
        assertThat(Configuration.restProblems(application)).isFalse();
        System.setProperty("switchgear.rest.problems", "true");
        try {
            assertThat(Configuration.restProblems(application)).isTrue();
        } finally {
            System.clearProperty("switchgear.rest.problems");
        }
    }
}
