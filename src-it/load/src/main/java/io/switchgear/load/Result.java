// SPDX-License-Identifier: Apache-2.0
package io.switchgear.load;

/** How a call ended, as its client saw it. */
enum Result {
    SUCCEEDED,
    /** Not sent: rejected by a breaker, or by the limit of calls at a time. */
    REJECTED,
    /** The service failed, or took longer than its limit. */
    FAILED,
    /** The server did not answer while the client waited. */
    UNANSWERED;

    /** @param status of HTTP, or another text if there was no response */
    static Result of(String status) {
        return switch (status) {
            case "200" -> SUCCEEDED;
            case "503" -> REJECTED;
            case "502", "504", "500" -> FAILED;
            default -> UNANSWERED;
        };
    }
}
