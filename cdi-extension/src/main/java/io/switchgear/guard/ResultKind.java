// SPDX-License-Identifier: Apache-2.0
package io.switchgear.guard;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;

/** When the calls of a method are judged, by its return type. */
enum ResultKind {
    /** Judged on return. */
    PLAIN,
    /** Judged by the object that is returned, on completion if it is a stage; a rejection is thrown. */
    ASYNCHRONOUS,
    /** Judged on completion; a rejection is a failed stage, where asynchronous callers expect failures. */
    STAGE;

    static ResultKind of(Class<?> type) {
        if (type == CompletionStage.class || type == CompletableFuture.class) {
            return STAGE;
        }
        // a method that returns any object may return a stage; where the types are unrelated, that costs nothing
        return type == Object.class
                        || CompletionStage.class.isAssignableFrom(type)
                        || Future.class.isAssignableFrom(type)
                ? ASYNCHRONOUS
                : PLAIN;
    }
}
