// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checks that the dashboard of the example queries meters that the example has. */
@ArquillianTest
class DashboardIT {
    private static final Pattern LABEL = Pattern.compile("\\{\\{(.*?)}}");
    private static final Pattern CHOICES = Pattern.compile("label_values\\((\\w+), (\\w+)\\)");

    private static JsonObject dashboard;
    private static Scrape scrape;

    @Deployment(testable = false)
    static WebArchive shop() {
        return Archives.shop();
    }

    @BeforeAll
    static void read() throws Exception {
        scrape = Scrape.ofShop();
        dashboard = Json.createReader(new StringReader(
                        Server.get("shop/grafana-dashboard.json").body()))
                .readObject();
    }

    private static Stream<JsonObject> panels() {
        return dashboard.getJsonArray("panels").getValuesAs(JsonObject.class).stream();
    }

    private static Stream<JsonObject> charts() {
        return panels().filter(panel -> !panel.getString("type").equals("row"));
    }

    private static Stream<JsonObject> variables(String type) {
        return dashboard.getJsonObject("templating").getJsonArray("list").getValuesAs(JsonObject.class).stream()
                .filter(variable -> variable.getString("type").equals(type));
    }

    @Test
    void everyExpressionMatchesExistingMeters() {
        List<String> problems = new ArrayList<>();
        charts().forEach(chart -> {
            List<JsonObject> targets = chart.getJsonArray("targets").getValuesAs(JsonObject.class);
            assertThat(targets).as(chart.getString("title")).isNotEmpty();
            targets.forEach(target -> {
                try {
                    check(target.getString("expr"), target.getString("legendFormat"));
                } catch (IllegalArgumentException mistake) {
                    problems.add(chart.getString("title") + ": " + mistake.getMessage());
                }
            });
        });
        assertThat(problems).isEmpty();
    }

    private static void check(String expression, String legend) {
        Set<String> labels = Expression.labels(expression, scrape);
        Set<String> shown =
                LABEL.matcher(legend).results().map(label -> label.group(1)).collect(Collectors.toSet());
        if (!labels.equals(shown)) {
            throw new IllegalArgumentException("the legend shows " + shown + " of " + labels);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '\'', textBlock = """
                    sum(circuit_breaker_stat);                                 ; no metric circuit_breaker_stat
                    max by (servic) (circuit_breaker_state);                   {{servic}}; of [servic] only [service]
                    max by (service) (circuit_breaker_state);                  {{name}}; legend shows [name] of [service]
                    sum(circuit_breaker_state{name=~"$service"});              ; has no label name
                    sum(rate(circuit_breaker_calls_total{result="reject"}[1h])); ; with result reject
                    sum(rate(circuit_breaker_calls_total{result=~"slow|fast"}[1h])); ; with result fast
                    sum(rate(circuit_breaker_calls_in_flight[1h]));            ; of a gauge
                    sum(rate(circuit_breaker_calls_total));                    ; no range
                    sum(circuit_breaker_state;                                 ; something is missing
                    sum(circuit_breaker_state) > 1;                            ; cannot read:  > 1""")
    void anExpressionWithAMistakeIsFound(String expression, String legend, String mistake) {
        assertThatThrownBy(() -> check(expression, legend == null ? "" : legend))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(mistake);
    }

    @Test
    void everyMeterOfTheShopIsOnTheDashboardButForRedundantOnes() {
        String expressions = charts().map(JsonValue::toString).collect(Collectors.joining());
        // failures are among the calls, and the percentiles are enough of the timer
        assertThat(scrape.metrics())
                .filteredOn(metric -> !expressions.contains(metric))
                .containsExactlyInAnyOrder(
                        "circuit_breaker_failures_total",
                        "circuit_breaker_call_duration_seconds_count",
                        "circuit_breaker_call_duration_seconds_sum");
    }

    @Test
    void theServicesToChooseFromAreTheBreakers() {
        assertThat(variables("query").toList()).singleElement().satisfies(variable -> {
            Matcher choices = CHOICES.matcher(variable.getString("definition"));
            assertThat(choices.matches()).isTrue();
            assertThat(scrape.values(choices.group(1), choices.group(2)))
                    .contains("catalogue", "orders", "payments", "Users#find(long)");
            assertThat(variable.getJsonObject("query").getString("query")).isEqualTo(choices.group());
            assertThat(variable.getString("name")).isEqualTo("service");
            assertThat(variable.getBoolean("multi")).isTrue();
        });
    }

    @Test
    void thePrometheusIsChosenOnImport() {
        assertThat(variables("datasource").toList()).singleElement().satisfies(variable -> {
            assertThat(variable.getString("name")).isEqualTo("datasource");
            assertThat(variable.getString("query")).isEqualTo("prometheus");
        });
        assertThat(dashboard.isNull("id")).isTrue();
        assertThat(charts())
                .allSatisfy(
                        chart -> assertThat(chart.getJsonObject("datasource").getString("uid"))
                                .isEqualTo("${datasource}"));
    }

    @Test
    void everyPanelHasADescription() {
        assertThat(panels().map(panel -> panel.getInt("id"))).doesNotHaveDuplicates();
        assertThat(charts()).allSatisfy(chart -> {
            assertThat(chart.getString("title")).isNotBlank();
            assertThat(chart.getString("description")).endsWith(".");
        });
    }
}
