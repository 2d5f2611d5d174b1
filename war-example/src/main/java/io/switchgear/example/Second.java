// SPDX-License-Identifier: Apache-2.0
package io.switchgear.example;

import java.util.List;
import java.util.Map;

/**
 * What happened within one second, for the charts of the page.
 *
 * @param at its end, in seconds since 1970
 * @param breakers for each name: the state, or {@code OFF}; the percentage of calls that is admitted; calls that
 *     succeeded, were slow, failed, were rejected, and counted as none of these; and the mean duration in milliseconds,
 *     {@code null} without a call. A list, as ten minutes of it are sent to each page
 */
public record Second(long at, Map<String, List<Object>> breakers) {}
