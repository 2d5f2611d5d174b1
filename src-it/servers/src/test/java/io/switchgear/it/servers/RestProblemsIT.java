// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.it.servers.rejecting.AnyFailure;
import io.switchgear.it.servers.rejecting.Cafe;
import io.switchgear.it.servers.rejecting.Clerk;
import io.switchgear.it.servers.rejecting.Counters;
import io.switchgear.it.servers.rejecting.Desk;
import io.switchgear.it.servers.rejecting.Listed;
import io.switchgear.it.servers.rejecting.Scanned;
import io.switchgear.it.servers.rejecting.Teapot;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients of Jakarta REST get for a rejected call. */
@ArquillianTest
class RestProblemsIT {
    private static WebArchive war(String name, String configuration, Class<?>... classes) {
        return ShrinkWrap.create(WebArchive.class, name)
                .addClasses(Counters.class, Desk.class, Clerk.class)
                .addClasses(classes)
                .addAsLibrary(Archives.extension())
                .addAsResource(new StringAsset(configuration), "META-INF/microprofile-config.properties");
    }

    @Deployment(name = "scanned", testable = false)
    static WebArchive scanned() {
        return war("scanned.war", "switchgear.rest.problems = true", Scanned.class, Cafe.class, AnyFailure.class)
                .addAsLibrary(Archives.faultToleranceApi());
    }

    @Deployment(name = "listed", testable = false)
    static WebArchive listed() {
        return war("listed.war", "switchgear.rest.problems = true", Listed.class);
    }

    @Deployment(name = "own", testable = false)
    static WebArchive own() {
        return war("own.war", "switchgear.rest.problems = true", Scanned.class, Teapot.class);
    }

    @Deployment(name = "off", testable = false)
    static WebArchive off() {
        return war("off.war", "", Scanned.class);
    }

    /** Fails once if the breaker is closed, and returns the response to a call that is rejected. */
    private static HttpResponse<String> rejected(String path, String method, String accept) {
        Server.get(path);
        return Server.send(HttpRequest.newBuilder(Server.uri(path))
                .method(method, BodyPublishers.noBody())
                .header("Accept", accept)
                .build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"bean", "sessionbean", "passed", "resource", "stage", "derived"})
    void aRejectionBecomesAProblem(String path) {
        assertProblem(path);
    }

    private static void assertProblem(String path) {
        HttpResponse<String> response = rejected("scanned/rest/" + path, "GET", "*/*");
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(response.headers().firstValueAsLong("Retry-After").orElseThrow())
                .isBetween(1L, 90L);
        assertThat(response.body()).isEqualTo("""
                {"type":"about:blank","title":"Service Unavailable","status":503,\
                "detail":"The service cannot handle this request at present. Please try again later."}""");
    }

    @Test
    @DisabledIfSystemProperty(
            named = "server.name",
            matches = "payara",
            disabledReason =
                    "the server itself runs the annotations of MicroProfile, and knows no time for Retry-After")
    void aRejectionByAnAnnotationOfMicroProfileBecomesAProblem() {
        assertProblem("cafe/breaker");
    }

    @Test
    void anExceptionOfMicroProfileBecomesTheSameProblem() {
        HttpResponse<String> exceeded = Server.get(Server.uri("scanned/rest/cafe/timeout"));
        assertThat(exceeded.statusCode()).isEqualTo(504);
        assertThat(exceeded.body()).contains("\"title\":\"Gateway Timeout\"");

        CompletableFuture<HttpResponse<String>> first =
                CompletableFuture.supplyAsync(() -> Server.get(Server.uri("scanned/rest/cafe/table")));
        Server.get(Server.uri("scanned/rest/cafe/taken"));
        HttpResponse<String> rejected = Server.get(Server.uri("scanned/rest/cafe/table"));
        Server.get(Server.uri("scanned/rest/cafe/close"));
        assertThat(rejected.statusCode()).isEqualTo(503);
        assertThat(rejected.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(rejected.headers().firstValue("Retry-After")).isEmpty();
        assertThat(first.join().body()).isEqualTo("paid");
    }

    @Test
    @DisabledIfSystemProperty(
            named = "server.name",
            matches = "payara|glassfish.",
            disabledReason = "the server unwraps the exception before it looks for its mapper")
    void aRejectionWithinAnExecutionExceptionIsNotMapped() {
        assertThat(rejected("scanned/rest/waited", "GET", "*/*").statusCode()).isEqualTo(500);
    }

    @ParameterizedTest
    @CsvSource({
        "application/json, application/problem+json",
        "text/plain, text/plain",
        "'text/plain, application/json;q=0, application/problem+json;q=0', text/plain",
        "'text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8', application/problem+json",
    })
    void theBodyIsWhatTheClientAccepts(String accept, String type) {
        HttpResponse<String> response = rejected("scanned/rest/bean", "GET", accept);
        assertThat(response.statusCode()).isEqualTo(503);
        String sent = response.headers().firstValue("Content-Type").orElseThrow();
        assertThat(sent.replaceFirst(";.*", "")).isEqualTo(type);
        assertThat(response.body()).isNotEmpty();
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    @DisabledIfSystemProperty(
            named = "server.name",
            matches = "payara|glassfish.",
            disabledReason = "the server adds its error page to a response without a body")
    void aClientThatAcceptsNoProblemGetsNoBody() {
        HttpResponse<String> response = rejected("scanned/rest/bean", "GET", "text/html;q=0.9");
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Content-Type")).isEmpty();
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
        assertThat(response.body()).isEmpty();
    }

    @Test
    void theResponseToHeadHasNoBody() {
        HttpResponse<String> response = rejected("scanned/rest/bean", "HEAD", "*/*");
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
        assertThat(response.body()).isEmpty();
    }

    @Test
    void anApplicationThatListsItsClassesListsTheFeature() {
        assertThat(rejected("listed/rest/bean", "GET", "*/*").headers().firstValue("Content-Type"))
                .contains("application/problem+json");
    }

    @Test
    void aMapperOfTheApplicationWins() {
        assertThat(rejected("own/rest/bean", "GET", "*/*").statusCode()).isEqualTo(418);
    }

    @Test
    void aMapperOfTheApplicationForASuperclassMapsOtherFailuresAlone() {
        assertThat(Server.get(Server.uri("scanned/rest/failure")).statusCode()).isEqualTo(502);
        assertThat(rejected("scanned/rest/bean", "GET", "*/*").statusCode()).isEqualTo(503);
    }

    @Test
    void problemsAreOffUnlessTheyAreConfigured() {
        assertThat(rejected("off/rest/bean", "GET", "*/*").statusCode()).isEqualTo(500);
    }
}
