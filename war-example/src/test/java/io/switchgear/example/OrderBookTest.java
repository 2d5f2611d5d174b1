// SPDX-License-Identifier: Apache-2.0
package io.switchgear.example;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The orders that the backend has accepted. */
class OrderBookTest {
    private final OrderBook book = new OrderBook();

    @Test
    void anOrderThatIsSentAgainIsAcceptedOnce() {
        Order first = new Order("a", 1, 2);

        assertThat(book.add(first)).isEqualTo(first);
        assertThat(book.add(new Order("a", 3, 4))).isEqualTo(first);
        assertThat(book.find("a")).contains(first);
        assertThat(book.find("b")).isEmpty();
    }

    @Test
    void theOldestOrdersAreForgotten() {
        for (int i = 0; i <= 10_000; i++) {
            book.add(new Order("order-" + i, 1, 2));
        }

        assertThat(book.find("order-0")).isEmpty();
        assertThat(book.find("order-1")).isPresent();
    }
}
