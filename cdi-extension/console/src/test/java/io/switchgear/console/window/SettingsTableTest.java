// SPDX-License-Identifier: Apache-2.0
package io.switchgear.console.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.console.model.Setting;
import java.util.List;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

/** Tests what becomes of a change that is typed and not yet applied. Needs no display. */
class SettingsTableTest {
    private final SettingsTable table = new SettingsTable(problem -> {}, () -> {});

    @Test
    void aTypedChangeOutlivesALostConnection() throws Exception {
        show("one", "20", true);
        table.setValueAt("200", 0, 1);
        show("one", "20", false);
        assertThat(table.isWritable()).isFalse();
        assertThat(table.pending()).hasSize(1).containsValue("200");
        show("one", "20", true);
        assertThat(table.isWritable()).isTrue();
        assertThat(table.pending()).hasSize(1).containsValue("200");
    }

    @Test
    void aTypedChangeEndsWithItsBreakerAndWithAChangeByAnotherHand() throws Exception {
        show("one", "20", true);
        table.setValueAt("200", 0, 1);
        show("another", "20", true);
        assertThat(table.pending()).isEmpty();
        table.setValueAt("200", 0, 1);
        assertThat(show("another", "30", true))
                .isEqualTo("MinimumCalls was changed to 30 meanwhile; your 200 was dropped");
        assertThat(table.pending()).isEmpty();
    }

    private String show(String breaker, String value, boolean writable) throws Exception {
        Setting setting =
                new Setting("MinimumCalls", true, "", "calls", 1, 1_000_000, "20", List.of(), true, value, "code");
        return table.show(new ObjectName("test:name=" + breaker), List.of(setting), writable);
    }
}
