package io.switchgear.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;

/** The bytes of a body that is being read by somebody else; given up if they become too many. */
final class BodyCopy {
    static final int LARGEST = 1024 * 1024;

    private ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private volatile byte[] complete;

    /** @param buffers stay as they are */
    void add(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            if (bytes == null || bytes.size() + buffer.remaining() > LARGEST) {
                bytes = null;
                return;
            }
            byte[] more = new byte[buffer.remaining()];
            buffer.duplicate().get(more);
            bytes.writeBytes(more);
        }
    }

    void complete() {
        complete = bytes == null ? null : bytes.toByteArray();
        // this is kept with the response, which is to take no more room than its bytes
        bytes = null;
    }

    /** All of it; {@code null} if it is not complete or was too large. */
    byte[] bytes() {
        return complete;
    }
}
