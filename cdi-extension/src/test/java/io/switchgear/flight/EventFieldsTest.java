// SPDX-License-Identifier: Apache-2.0
package io.switchgear.flight;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.pages.Page;
import java.util.Set;
import java.util.stream.Stream;
import jdk.jfr.EventType;
import jdk.jfr.ValueDescriptor;
import org.junit.jupiter.api.Test;

/** The manual has each event of the flight recorder and each of its fields. */
class EventFieldsTest {
    @Test
    void theManualNamesEachEventAndEachOfItsOwnFields() {
        String page = Page.ofManual("flight-recordings.md").text();
        Stream.of(TransitionEvent.class, RejectionEvent.class, SettingsChangeEvent.class)
                .map(EventType::getEventType)
                .forEach(event -> assertThat(event.getFields())
                        .extracting(ValueDescriptor::getName)
                        // fields that all events of the JDK have
                        .filteredOn(field -> !Set.of("startTime", "duration", "eventThread", "stackTrace")
                                .contains(field))
                        .isNotEmpty()
                        .allMatch(field ->
                                page.contains("`" + event.getName() + "`") && page.contains("`" + field + "`")));
    }
}
