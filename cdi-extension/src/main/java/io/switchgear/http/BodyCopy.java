// SPDX-License-Identifier: Apache-2.0
package io.switchgear.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;

/** A copy of the bytes of a body that another subscriber reads; dropped if it exceeds {@link #MAX_BYTES}. */
final class BodyCopy {
    static final int MAX_BYTES = 1024 * 1024;

    private ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private volatile byte[] complete;

    /**
     * Appends a part of the body.
     *
     * @param buffers are not changed
     */
    void add(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            if (bytes == null || bytes.size() + buffer.remaining() > MAX_BYTES) {
                bytes = null;
                return;
            }
            byte[] part = new byte[buffer.remaining()];
            buffer.duplicate().get(part);
            bytes.writeBytes(part);
        }
    }

    void complete() {
        complete = bytes == null ? null : bytes.toByteArray();
        // this object is kept with the response, and the stream may take more room than the bytes
        bytes = null;
    }

    /** Returns the whole body; {@code null} if it is not complete or was too large. */
    byte[] bytes() {
        return complete;
    }
}
