// SPDX-License-Identifier: Apache-2.0
package io.switchgear.console.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.switchgear.console.Generator;
import io.switchgear.console.Here;
import io.switchgear.console.model.Monitor;
import io.switchgear.console.model.View;
import java.util.ArrayList;
import java.util.List;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

/** Tests which breaker stays selected. Needs no display. */
class BreakerTableTest {
    private final List<ObjectName> selections = new ArrayList<>();
    private final BreakerTable table = new BreakerTable(selections::add);

    private static View viewOf(Monitor monitor, String mostUrgent) {
        await().until(() -> !monitor.last().rows().isEmpty()
                && monitor.last().rows().get(0).name().equals(mostUrgent)
                && monitor.last().detail() != null);
        return monitor.last();
    }

    private Object selectedName() {
        return table.getValueAt(table.getSelectedRow(), 1);
    }

    @Test
    void aClickOnTheRowThatIsSelectedKeepsItWhateverBecomesMoreUrgent() {
        try (Generator shop = new Generator("shop", 3);
                Monitor monitor = new Monitor(new Here(), view -> {})) {
            shop.fail(shop.get(1), 5);
            table.show(viewOf(monitor, "shop-1"));
            assertThat(selectedName()).isEqualTo("shop-1");
            assertThat(selections).isEmpty();

            table.changeSelection(0, 1, false, false);
            table.changeSelection(0, 1, false, false);
            assertThat(selections)
                    .singleElement()
                    .extracting(name -> name.getKeyProperty("name"))
                    .isEqualTo("\"shop-1\"");

            shop.get(2).forceOpen("more urgent");
            shop.get(1).reset();
            table.show(viewOf(monitor, "shop-2"));
            assertThat(selectedName()).isEqualTo("shop-1");
            assertThat(selections).hasSize(1);
        }
    }

    @Test
    void withoutAClickTheMostUrgentIsSelected() {
        try (Generator shop = new Generator("shop", 3);
                Monitor monitor = new Monitor(new Here(), view -> {})) {
            shop.fail(shop.get(1), 5);
            table.show(viewOf(monitor, "shop-1"));
            shop.get(2).forceOpen("more urgent");
            shop.get(1).reset();
            table.show(viewOf(monitor, "shop-2"));
            assertThat(selectedName()).isEqualTo("shop-2");
        }
    }
}
