// SPDX-License-Identifier: Apache-2.0
package io.switchgear.flight;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** Records events of this library from its creation until they are read. */
final class TestRecording implements AutoCloseable {
    static final String TRANSITION = "io.switchgear.Transition";
    static final String REJECTION = "io.switchgear.Rejection";
    static final String SETTINGS_CHANGE = "io.switchgear.SettingsChange";

    private final Recording recording = new Recording();

    /** @param events the names of the only events that are recorded */
    TestRecording(String... events) {
        for (String event : List.of(TRANSITION, REJECTION, SETTINGS_CHANGE)) {
            recording.disable(event);
        }
        for (String event : events) {
            recording.enable(event);
        }
        recording.start();
    }

    /** Ends the recording and returns its events, oldest first. */
    List<RecordedEvent> events() throws IOException {
        recording.stop();
        Path file = Files.createTempFile("switchgear", ".jfr");
        try {
            recording.dump(file);
            return RecordingFile.readAllEvents(file).stream()
                    .sorted(Comparator.comparing(RecordedEvent::getStartTime))
                    .toList();
        } finally {
            Files.delete(file);
        }
    }

    @Override
    public void close() {
        recording.close();
    }
}
